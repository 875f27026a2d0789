"""A session with OERPLib, which tries newer addresses first and reads every field of the user."""
import collections
import collections.abc
import sys
import urllib.parse

# The library is written for Python 3.8, where this name still stood here.
collections.MutableMapping = collections.abc.MutableMapping
import oerplib

address, database, password = sys.argv[1:4]
server = urllib.parse.urlparse(address)
oerp = oerplib.OERP(server.hostname, protocol="xmlrpc", port=server.port)
assert oerp.version == "6.0.4", oerp.version
assert database in oerp.db.list()
user = oerp.login("admin", password, database)
assert user.name == "Administrator" and user.company_id.name

partner_id = oerp.create("res.partner", {"name": "Lib & Co", "lang": "en_US"})
partner = oerp.browse("res.partner", partner_id)
assert partner.name == "Lib & Co"
partner.name = "Lib, renamed"
partner.website = "http://lib.example"
oerp.write_record(partner)
assert oerp.read("res.partner", [partner_id], ["name", "website"])[0]["name"] == "Lib, renamed"

address_id = oerp.create("res.partner.address", {"name": "Desk", "partner_id": partner_id, "city": "Oslo"})
oerp.refresh(partner)
assert [line.city for line in partner.address] == ["Oslo"]
assert oerp.search("res.partner", [("city", "=", "Oslo")]) == [partner_id]
categories = oerp.search("res.partner.category", [])[:2]
oerp.write("res.partner", [partner_id], {"category_id": [(6, 0, categories)]})
oerp.refresh(partner)
assert sorted(c.id for c in partner.category_id) == sorted(categories)

lead_id = oerp.create("crm.lead", {"name": "Through a library", "partner_id": partner_id})
oerp.execute("crm.lead", "case_open", [lead_id])
assert oerp.browse("crm.lead", lead_id).state == "open"
assert oerp.browse("crm.lead", lead_id).partner_id.name == "Lib, renamed"

oerp.unlink("crm.lead", [lead_id])
oerp.unlink("res.partner.address", [address_id])
oerp.unlink("res.partner", [partner_id])
assert oerp.search("res.partner", [("id", "=", partner_id)]) == []
try:
    oerp.execute("res.partner", "no_such_method", [])
    raise AssertionError("no fault")
except oerplib.error.RPCError as error:
    assert "no_such_method" in str(error), error
print("ok")
