-- What is accepted beyond PostgreSQL.
upsert into t (a, b) values (1, 2)
upsert into t select a, b from u
partition table t on column a
create table t (a int primary key, b text) partition by hash (a)
create table t (a int) with (replicated = true)
create procedure p as insert into t values ($1, $2)
create procedure p partition on table t column a as select * from t where a = ?
create procedure p partition on table t column a parameter 1 allow r, s from class com.Example.Vote
create procedure from class com.example.Vote
create procedure p as begin insert into t values ($1); update t set a = case when a = 1 then 2 else 3 end; end
drop procedure if exists p, q
call p(1, 'x', $1)
exec p 1, 'x'
exec p(1)
exec @Statistics 'table', 0
create view v as select 1
create stream s (a int)
create task t on schedule every 5 seconds procedure p
