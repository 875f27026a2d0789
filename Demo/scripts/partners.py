#!/usr/bin/env python3
"""Creates a partner with two addresses in one call, finds it by its city, and deletes it again.

usage: partners.py [address] [database] [password]
"""
import sys
import xmlrpc.client

address, database, password = (sys.argv[1:] + ["http://127.0.0.1:8069", "demo", "admin"][len(sys.argv) - 1:])[:3]
uid = xmlrpc.client.ServerProxy(address + "/xmlrpc/common").login(database, "admin", password)
if not uid:
    sys.exit("wrong login or password")
models = xmlrpc.client.ServerProxy(address + "/xmlrpc/object")


def call(model, method, *arguments):
    return models.execute(database, uid, password, model, method, *arguments)


partner = call("res.partner", "create", {
    "name": "Fernweh Travel",
    "address": [
        (0, 0, {"name": "Nadja Brandt", "type": "default", "city": "Lindau", "email": "nadja@fernweh.example"}),
        (0, 0, {"name": "Accounts", "type": "invoice", "city": "Bregenz"}),
    ],
})
print("Partners in Lindau:", call("res.partner", "name_get", call("res.partner", "search", [("city", "=", "Lindau")])))
print("Its addresses:", call("res.partner", "address_get", [partner], ["default", "invoice"]))
lines = call("res.partner", "read", partner, ["address"])["address"]
call("res.partner", "unlink", [partner])
call("res.partner.address", "unlink", lines)
