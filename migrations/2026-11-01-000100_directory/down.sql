drop table association_members, associations, employments, person_names, persons, organizations;
