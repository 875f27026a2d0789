"""What one model must not open of another, and what a hostile or clumsy call must not do."""
import concurrent.futures
import sys
import xmlrpc.client

address, database, password = sys.argv[1:4]
models = xmlrpc.client.ServerProxy(address + "/xmlrpc/object", allow_none=True)


def call(model, method, *arguments):
    return models.execute(database, 1, password, model, method, *arguments)


def fault(model, method, *arguments):
    try:
        answer = call(model, method, *arguments)
    except xmlrpc.client.Fault as error:
        return error.faultCode
    raise AssertionError("no fault, but %r" % (answer,))


def equal(actual, expected):
    assert actual == expected, "expected %r, got %r" % (expected, actual)


# Paths are bounded, and end where nothing lies behind a column.
assert "at most 20 steps" in fault("crm.case.section", "search", [("parent_id." * 3000 + "id", "=", 5)])
equal(len(call("crm.case.section", "search", [("parent_id." * 18 + "id", "=", 5)])), 0)
assert "id.name" in fault("res.partner", "search", [("id.name", "=", 5)])
assert "most 200 operators within one another" in fault("res.partner", "search", ["!"] * 300 + [("id", "=", 1)])

# A domain that is no list is a fault everywhere.
fault("res.partner", "name_search", "", "foo")
fault("crm.case.log", "search", "garbage")

# Several names: `not in` leaves out each of them.
team = call("crm.case.section", "search", [("code", "=", "Sales")])[0]
name = call("crm.case.section", "name_get", [team])[0][1]
everything = call("crm.lead", "search", [("section_id", "!=", False)])
without = call("crm.lead", "search", [("section_id", "not in", [name, "zzz"])])
equal(sorted(without), sorted(call("crm.lead", "search", [("id", "in", everything), ("section_id", "!=", team)])))
equal(len(call("crm.lead", "search", [], 0, 5, "user_id, user_id desc")), 5)

# Paths through computed relations ask the target.
stages = call("crm.case.stage", "search", [("section_id.code", "=", "Sales")])
equal(stages, call("crm.case.stage", "search", [("section_ids.code", "=", "Sales")]))
assert stages

# Ids are told once each, however many there are; what names no field brings the ids alone.
lead = call("crm.lead", "search", [], 0, 1)[0]
equal(call("crm.lead", "read", [lead] * 1001, ["name"]), call("crm.lead", "read", [lead], ["name"]))
equal(call("crm.lead", "read", [lead], "name"), [{"id": lead}])

# The log and the communication of cases show and change lines of cases only, and go with their case.
case = call("crm.case", "create", {"name": "Guarded", "section_id": team})
call("crm.case", "write", [case], {"description": "Rang, nobody there"})
call("crm.case", "case_log", [case])
lines = call("crm.case.history", "search", [("case_id", "=", case)])
equal(len(lines), 1)
equal(call("crm.case.history", "search", [("case_id.name", "=", "Guarded")]), lines)
equal(call("crm.case.history", "search", [("case_id", "=", "Guarded")]), lines)
call("crm.lead", "case_open", [lead])
foreign = call("mailgate.message", "search", [("model", "=", "crm.lead"), ("res_id", "=", lead)])
assert foreign
equal(call("crm.case.log", "read", foreign, ["name"]), [])
equal(call("crm.case.log", "name_get", foreign), [])
for method, values in ("write", [{"name": "x"}]), ("unlink", []):
    assert "belong to no case" in fault("crm.case.log", method, foreign, *values)
call("crm.case.log", "write", lines, {"model": "crm.lead", "name": "Call"})
equal(call("mailgate.message", "read", lines, ["model", "name"]), [{"id": lines[0], "model": "crm.case", "name": "Call"}])
same_number = call("mailgate.message", "create", {"model": "crm.lead", "res_id": case, "name": "Kept"})
call("crm.case", "write", [case], {"message_ids": [(5,)]})
equal(call("mailgate.message", "read", [same_number], ["res_id"])[0]["res_id"], case)
case = call("crm.case", "create", {"name": "Gone", "section_id": team})
call("crm.case", "case_log", [case])
lines = call("crm.case.log", "search", [("case_id", "=", case)])
call("crm.case", "unlink", [case])
assert lines and not call("mailgate.message", "search", [("id", "in", lines)])

# A form's own changes do not collide with each other, somebody else's do.
fresh = {"__last_update": {"crm.lead,%d" % lead: call("crm.lead", "read", [lead], ["__last_update"])[0]["__last_update"]}}
call("crm.lead", "case_reset", [lead], fresh)
old = {"__last_update": {"crm.lead,%d" % lead: "2001-01-01 00:00:00"}}
assert "ConcurrencyException" in fault("crm.lead", "write", [lead], {"name": "x"}, old)

# Related fields are read freely, but written with the caller's own rights.
group = call("res.groups", "create", {"name": "Leads only"})
for model, writes in ("res.partner", False), ("crm.lead", True):
    number = call("ir.model", "search", [("model", "=", model)])[0]
    call("ir.model.access", "create", {
        "name": "Leads only: " + model, "model_id": number, "group_id": group,
        "perm_read": True, "perm_write": writes, "perm_create": writes, "perm_unlink": False})
partner = call("res.partner", "create", {"name": "Not his"})
lead = call("crm.lead", "create", {"name": "His", "partner_id": partner})
clerk = call("res.users", "create", {
    "name": "Clerk", "login": "clerk", "password": "clerk", "groups_id": [(6, 0, [group])]})
try:
    models.execute(database, clerk, "clerk", "crm.lead", "write", [lead], {"is_customer_add": False})
    raise AssertionError("a clerk wrote on a partner through a lead")
except xmlrpc.client.Fault as error:
    assert error.faultCode.startswith("warning -- AccessError\n\n"), error

# A copy holds the content, whatever the form shows of it.
document = call("ir.attachment", "create", {"name": "a.txt", "datas_fname": "a.txt", "datas": "QQ==" * 1000})
copy = call("ir.attachment", "copy", document, {"name": "b.txt"}, {"bin_size": True})
equal(call("ir.attachment", "read", [copy], ["datas"])[0]["datas"], "QQ==" * 1000)

# The forms of 5.0 keep a given e-mail and empty only the address.
equal(call("crm.case", "onchange_partner_id", [], False, "a@b.c"), {"value": {"partner_address_id": False}})
assert "email_from" not in call("crm.case", "onchange_partner_id", [], 3, "a@b.c")["value"]

# A changed password ends the old one's use at once, also where it was verified before.
common = xmlrpc.client.ServerProxy(address + "/xmlrpc/common")
assert models.execute(database, clerk, "clerk", "crm.lead", "search", [])
models.execute(database, clerk, "clerk", "res.users", "change_password", "clerk", "another")
equal(common.login(database, "clerk", "clerk"), False)
try:
    models.execute(database, clerk, "clerk", "crm.lead", "search", [])
    raise AssertionError("the old password still works")
except xmlrpc.client.Fault as error:
    equal(error.faultCode, "AccessDenied")
equal(common.login(database, "clerk", "another"), clerk)


# Many right logins at once are all let in.
def log_in(_):
    return xmlrpc.client.ServerProxy(address + "/xmlrpc/common").login(database, "clerk", "another")


with concurrent.futures.ThreadPoolExecutor(8) as pool:
    equal(list(pool.map(log_in, range(24))), [clerk] * 24)

# Arguments of the wrong shape are not taken for none.
try:
    models.execute_kw(database, 1, password, "res.partner", "search", {"args": []})
    raise AssertionError("a struct was taken for a list of arguments")
except xmlrpc.client.Fault as error:
    assert "are a list" in error.faultCode, error
