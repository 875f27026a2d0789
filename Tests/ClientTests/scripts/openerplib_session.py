"""A session with openerp-client-lib, whose every call goes through execute_kw with keyword arguments."""
import sys
import urllib.parse

import openerplib

address, database, password = sys.argv[1:4]
server = urllib.parse.urlparse(address)
connection = openerplib.get_connection(
    hostname=server.hostname, port=server.port, database=database, login="admin", password=password)
connection.check_login()
partners = connection.get_model("res.partner")
ids = partners.search([("name", "ilike", "agro")], limit=5)
assert [row["name"] for row in partners.read(ids, ["name"])] == ["Agrolait"]
assert partners.search_read([("name", "=", "Agrolait")], ["name"])[0]["name"] == "Agrolait"
new = partners.create({"name": "Keyword & Co"})
assert partners.write([new], {"ref": "KW"}) is True
assert partners.read(new, fields=["ref"])["ref"] == "KW"
leads = connection.get_model("crm.lead")
lead = leads.create({"name": "By keyword", "partner_id": new})
leads.case_open([lead])
assert leads.read(lead, ["state"])["state"] == "open"
leads.unlink([lead])
assert partners.unlink([new]) is True
try:
    openerplib.get_connection(hostname=server.hostname, port=server.port, database=database, login="admin",
                              password="wrong").check_login()
    raise AssertionError("logged in with a wrong password")
except openerplib.main.AuthenticationError:
    pass
print("ok")
