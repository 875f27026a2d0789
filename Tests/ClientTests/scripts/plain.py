"""Partners and leads with nothing but xmlrpc.client."""
import sys
import xmlrpc.client

address, database, password = sys.argv[1:4]
common = xmlrpc.client.ServerProxy(address + "/xmlrpc/common", allow_none=True)
models = xmlrpc.client.ServerProxy(address + "/xmlrpc/object", allow_none=True)

assert common.login(database, "admin", "wrong") is False
assert common.login(database, "nobody", password) is False
uid = common.login(database, "admin", password)
assert uid == 1, uid
demo = common.login(database, "demo", "demo")
assert demo and demo != uid


def call(model, method, *arguments, uid=uid, password=password):
    return models.execute(database, uid, password, model, method, *arguments)


# models and fields
assert "crm.lead" in [m["model"] for m in call("ir.model", "read", call("ir.model", "search", []), ["model"])]
fields = call("res.partner", "fields_get")
assert fields["name"]["type"] == "char" and fields["name"]["required"] is True
assert fields["address"]["relation"] == "res.partner.address"
assert fields["category_id"]["third_table"] == "res_partner_category_rel"

# searching
assert call("res.partner", "search_count", []) == len(call("res.partner", "search", []))
agrolait = call("res.partner", "search", [("name", "=", "Agrolait")])
assert len(agrolait) == 1
assert call("res.partner", "search", [], 0, 3, "name desc") == call("res.partner", "search", [], 0, 0, "name desc")[:3]
assert call("res.partner", "search", [("address.city", "ilike", "a")], 0, None, None)
assert call("res.partner", "search", [("category_id", "child_of", [call("res.partner.category", "search", [])[0]])])
assert agrolait[0] in call("res.partner", "search", ["|", ("name", "ilike", "agro"), ("name", "=", "zz")])
names = call("res.partner", "name_search", "Agro", [], "ilike", {}, 8)
assert [agrolait[0], "Agrolait"] in names, names

# creating, reading, writing, copying, deleting
category = call("res.partner.category", "search", [])[:2]
partner = call("res.partner", "create", {
    "name": "Zoë & Söhne <GmbH>", "ref": "Z1", "credit_limit": 12.5, "date": "2011-06-01",
    "category_id": [(6, 0, category)],
    "address": [(0, 0, {"name": "Zoë", "city": "Köln", "type": "default"}), (0, 0, {"name": "Lager", "type": "delivery"})],
})
row = call("res.partner", "read", partner, [])
assert row["name"] == "Zoë & Söhne <GmbH>" and row["credit_limit"] == 12.5 and row["date"] == "2011-06-01"
assert row["customer"] is True and row["supplier"] is False and row["user_id"] is False
assert sorted(row["category_id"]) == sorted(category) and len(row["address"]) == 2 and row["city"] == "Köln"
assert call("res.partner", "read", [partner], ["name"]) == [{"id": partner, "name": "Zoë & Söhne <GmbH>"}]
assert call("res.partner", "read", [999999], ["name"]) == [] and call("res.partner", "read", 999999, ["name"]) is False
assert call("res.partner", "write", [partner], {"name": "Zoë", "address": [(1, row["address"][0], {"city": "Bonn"})]}) is True
assert call("res.partner", "search", [("city", "=", "Bonn"), ("id", "=", partner)]) == [partner]
copy = call("res.partner", "copy", partner, {"ref": "Z2"})
assert call("res.partner", "read", copy, ["name", "ref"]) == {"id": copy, "name": "Zoë (copy)", "ref": "Z2"}
who = call("res.partner", "perm_read", [partner])[0]
assert who["create_uid"][0] == uid and who["xmlid"] is False, who
lines = call("res.partner.address", "search", [("partner_id", "in", [partner, copy])])
assert call("res.partner", "unlink", [partner, copy]) is True
assert call("res.partner", "search", [("id", "in", [partner, copy])]) == []
call("res.partner.address", "unlink", lines)

# leads and their states
lead = call("crm.lead", "create", {"name": "Wants chairs", "planned_revenue": 100})
row = call("crm.lead", "read", lead, ["state", "user_id", "type", "priority", "message_ids"])
assert (row["state"], row["type"], row["priority"], row["message_ids"]) == ("draft", "lead", "3", []), row
for method, state in [("case_open", "open"), ("case_pending", "pending"), ("case_close", "done"),
                      ("case_reset", "draft"), ("case_cancel", "cancel")]:
    assert call("crm.lead", method, [lead]) is True
    assert call("crm.lead", "read", lead, ["state"])["state"] == state, method
history = call("mailgate.message", "read", call("crm.lead", "read", lead, ["message_ids"])["message_ids"], ["name"])
assert sorted(m["name"] for m in history) == ["Cancel", "Close", "Draft", "Open", "Pending", "Stage"], history
change = call("crm.lead", "onchange_partner_id", [], agrolait[0], False)
assert change["value"]["partner_address_id"], change
defaults = call("crm.lead", "default_get", ["state", "user_id", "priority", "name"])
assert defaults == {"state": "draft", "user_id": uid, "priority": "3"}, defaults
assert call("crm.lead", "unlink", [lead]) is True

# cases as 5.0 knows them
parent = call("crm.case.section", "create", {"name": "Above"})
below = call("crm.case.section", "create", {"name": "Below", "parent_id": parent})
case = call("crm.case", "create", {"name": "Broken chair", "section_id": below})
assert call("crm.case", "case_open", [case]) is True
assert call("crm.case", "case_escalate", [case]) is True
assert call("crm.case", "read", case, ["section_id", "state"])["section_id"][0] == parent
call("crm.case", "write", [case], {"description": "Called back."})
assert call("crm.case", "case_log", [case]) is True
row = call("crm.case", "read", case, ["description", "email_last", "history_line", "log_ids"])
assert row["description"] is False and row["email_last"] == "Called back." and len(row["history_line"]) == 1, row
assert call("crm.case", "case_close", [case]) is True
assert call("crm.case", "read", case, ["state", "date_closed"])["date_closed"]
call("crm.case", "case_reset", [case])
call("crm.case", "unlink", [case])

# what an ordinary user may do
assert call("res.users", "context_get", uid=demo, password="demo")["lang"] == "en_US"
assert call("res.partner", "search", [], 0, 1, uid=demo, password="demo")
assert call("res.users", "read", 1, ["password"])["password"] == "********"
print("ok")
