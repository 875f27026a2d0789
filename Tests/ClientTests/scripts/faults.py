"""Faults as scripts match on them: the message is the code."""
import sys
import xmlrpc.client

address, database, password = sys.argv[1:4]
proxy = lambda service: xmlrpc.client.ServerProxy(address + "/xmlrpc/" + service, allow_none=True)
common, models, db = proxy("common"), proxy("object"), proxy("db")
demo = common.login(database, "demo", "demo")


def fault(function, *arguments):
    try:
        answer = function(*arguments)
    except xmlrpc.client.Fault as error:
        return error
    raise AssertionError("no fault, but %r" % (answer,))


def code(model, method, *arguments, uid=1, secret=password):
    error = fault(models.execute, database, uid, secret, model, method, *arguments)
    assert error.faultString.startswith("Traceback (most recent call last):\n") or secret != password, error
    return error.faultCode


def check(expected, actual):
    assert actual.startswith(expected), "expected %r, got %r" % (expected, actual)


check("AccessDenied", code("res.partner", "search", [], secret="wrong"))
check("AccessDenied", code("res.partner", "search", [], secret=""))
check("warning -- Object Error\n\nObject no.such doesn't exist", code("no.such", "search", []))
check("'res.partner' object has no attribute 'no_such'", code("res.partner", "no_such", 1))
check("warning -- Access Denied\n\nPrivate methods (such as _search) cannot be called remotely.",
      code("res.partner", "_search", []))
check("search() takes at least 4 arguments (3 given)", code("res.partner", "search"))
check("search() takes at most 9 arguments (12 given)", code("res.partner", "search", [], 0, 1, False, {}, False, 1, 2, 3))
check("column res_partner.no_such does not exist", code("res.partner", "search", [("no_such", "=", 1)]))
check("Bad domain expression: ", code("res.partner", "search", [("name", "foo", 1)]))
check("pop from empty list", code("res.partner", "search", ["|", ("name", "=", "x")]))
check("could not convert string to float: abc", code("res.partner", "write", [1], {"credit_limit": "abc"}))
check("date/time field value out of range", code("res.partner", "write", [1], {"date": "2010-13-45"}))
check("invalid input syntax for type integer", code("res.partner", "read", "abc", ["name"]))
check("warning -- Integrity Error\n\nThe operation cannot be completed", code("res.partner", "create", {}))
check("warning -- Integrity Error\n\nThe operation cannot be completed", code("res.currency", "unlink", [1]))
check("warning -- Constraint Error\n\nYou can not have two users with the same login !",
      code("res.users", "create", {"name": "Dup", "login": "demo"}))
check("warning -- ValidateError\n\nThe value \"nostate\" for the field \"state\" is not in the selection",
      code("crm.lead", "create", {"name": "x", "state": "nostate"}))
check("warning -- AccessError\n\nOne of the records you are trying to modify has already been deleted",
      code("res.partner", "write", [999999], {"name": "x"}))
check("warning -- AccessError\n\nYou can not write in this document (ir.model.access) ! Be sure your user belongs to one "
      "of these groups: Administration / Access Rights.",
      fault(models.execute, database, demo, "demo", "ir.model.access", "write", [1], {"perm_read": True}).faultCode)
check("warning -- Error !\n\nYou can not escalate", code("crm.lead", "case_escalate", [code and 1]))
top = models.execute(database, 1, password, "res.partner.category", "search", [("parent_id", "!=", False)], 0, 1)
parent = models.execute(database, 1, password, "res.partner.category", "read", top, ["parent_id"])[0]["parent_id"][0]
recursion = code("res.partner.category", "write", [parent], {"parent_id": top[0]})
assert "ecursi" in recursion, recursion

check("Method not available no_such", fault(models.no_such, database, 1, password).faultCode)
check("Method not found: no_such", fault(common.no_such).faultCode)
check("need more than 2 values to unpack", fault(models.execute).faultCode)
check("tuple index out of range", fault(common.login, database, "admin").faultCode)
check("AccessDenied: Invalid super administrator password.", fault(db.drop, "wrong", "x").faultCode)
assert "does not exist" in fault(common.login, "no_such_database", "admin", "admin").faultCode
check("AccessDenied", fault(db.create, "wrong", "x", False, "en_US").faultCode)

# Nothing of a failed call stays.
before = models.execute(database, 1, password, "res.partner", "search_count", [])
fault(models.execute, database, 1, password, "res.partner", "create",
      {"name": "half", "address": [(0, 0, {"name": "x", "type": "no such type"})]})
assert models.execute(database, 1, password, "res.partner", "search_count", []) == before
print("ok")
