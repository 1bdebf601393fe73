-- Once, at any node: what the health check uses.
CREATE DATABASE haproxy_check;
CREATE TABLE haproxy_check.room (filling MEDIUMTEXT NOT NULL) ENGINE = MyISAM;
CREATE USER haproxy_check@'10.0.0.%' IDENTIFIED BY 'change-me';
GRANT SELECT, INSERT, DELETE ON haproxy_check.room TO haproxy_check@'10.0.0.%';
