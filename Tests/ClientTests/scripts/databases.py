"""Databases as a whole: created with true progress, dumped, restored, renamed, dropped."""
import os
import sys
import time
import xmlrpc.client

address, database, password = sys.argv[1:4]
proxy = lambda service: xmlrpc.client.ServerProxy(address + "/xmlrpc/" + service, allow_none=True)
common, models, db = proxy("common"), proxy("object"), proxy("db")
name = "%s_new_%d" % (database, os.getpid())

assert db.server_version() == "6.0.4"
assert database in db.list() and db.list() == sorted(db.list())
assert db.db_exist(database) is True and db.db_exist(name) is False
assert ["en_US", "English (US)"] in db.list_lang() and ["fr_FR", "French / Français"] in db.list_lang()

job = db.create("admin", name, True, "en_US", "secret")
progress = [0.0, []]
for _ in range(600):
    progress = db.get_progress("admin", job)
    if progress[0] == 1.0:
        break
    assert 0 <= progress[0] <= 0.95 and progress[1] == [], progress
    time.sleep(0.1)
assert progress[1] == [
    {"login": "admin", "password": "secret", "name": "Administrator"},
    {"login": "demo", "password": "demo", "name": "Demo User"},
], progress
try:
    db.get_progress("admin", job)
    raise AssertionError("the job is still known")
except xmlrpc.client.Fault as fault:
    assert fault.faultCode == str(job)
try:
    db.create("admin", name, False, "en_US", "secret")
    raise AssertionError("created twice")
except xmlrpc.client.Fault as fault:
    assert "already exists" in fault.faultCode, fault

uid = common.login(name, "admin", "secret")
assert uid == 1
models.execute(name, uid, "secret", "res.partner", "create", {"name": "Kept in the dump"})
assert models.execute(name, uid, "secret", "ir.module.module", "search_count", [("state", "=", "installed")]) >= 1

assert db.migrate_databases("admin", [name]) is True
assert common.login(name, "admin", "secret") == 1
assert common.get_sqlcount("admin") > 10

dump = db.dump("admin", name)
try:
    db.restore("admin", name, dump)
    raise AssertionError("restored over an existing database")
except xmlrpc.client.Fault as fault:
    assert "Database already exists" in fault.faultCode, fault
assert db.drop("admin", name) is True
assert name not in db.list()
assert db.restore("admin", name, dump) is True
assert models.execute(name, 1, "secret", "res.partner", "search_count", [("name", "=", "Kept in the dump")]) == 1
assert db.rename("admin", name, name + "x") is True
assert common.login(name + "x", "admin", "secret") == 1
assert db.drop("admin", name + "x") is True
for bad in ["", "a\0b".replace("\0", "\n"), "x" * 80]:
    try:
        db.create("admin", bad, False, "en_US", "admin")
        raise AssertionError("created %r" % bad)
    except xmlrpc.client.Fault:
        pass
print("ok")
