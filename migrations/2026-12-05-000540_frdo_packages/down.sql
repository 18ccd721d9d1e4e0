drop table frdo_package_rows;
drop table frdo_packages;
