drop table activity_needs;
