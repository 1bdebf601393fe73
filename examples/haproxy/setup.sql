-- Once, at any node: what the health check uses. On a full disk its statements wait, so it may have a few connections only.
CREATE DATABASE haproxy_check;
CREATE USER haproxy_check@'10.0.0.%' IDENTIFIED BY 'change-me' WITH MAX_USER_CONNECTIONS 5;
GRANT CREATE TEMPORARY TABLES ON haproxy_check.* TO haproxy_check@'10.0.0.%';
