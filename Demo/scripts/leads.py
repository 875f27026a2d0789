#!/usr/bin/env python3
"""Works with leads over XML-RPC as any OpenERP script does: create, open, list, close, delete.

usage: leads.py [address] [database] [password]
"""
import sys
import xmlrpc.client

address, database, password = (sys.argv[1:] + ["http://127.0.0.1:8069", "demo", "admin"][len(sys.argv) - 1:])[:3]
common = xmlrpc.client.ServerProxy(address + "/xmlrpc/common")
models = xmlrpc.client.ServerProxy(address + "/xmlrpc/object")

uid = common.login(database, "admin", password)
if not uid:
    sys.exit("wrong login or password")


def call(model, method, *arguments):
    return models.execute(database, uid, password, model, method, *arguments)


partner = call("res.partner", "search", [("name", "ilike", "agro")], 0, 1)
lead = call("crm.lead", "create", {
    "name": "Asked about standing desks",
    "partner_id": partner and partner[0],
    "planned_revenue": 4200.0,
})
call("crm.lead", "case_open", [lead])

print("Open leads and opportunities:")
for row in call("crm.lead", "read", call("crm.lead", "search", [("state", "=", "open")]),
                ["name", "partner_id", "stage_id", "planned_revenue"]):
    who = row["partner_id"][1] if row["partner_id"] else "-"
    stage = row["stage_id"][1] if row["stage_id"] else "-"
    print("  %-45s %-25s %-15s %10.2f" % (row["name"][:45], who[:25], stage, row["planned_revenue"]))

call("crm.lead", "case_close", [lead])
print("The new lead is now", call("crm.lead", "read", lead, ["state"])["state"])
call("crm.lead", "unlink", [lead])
