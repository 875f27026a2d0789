"""A session with erppeek 1.7.2, as at its prompt."""
import sys

import erppeek

address, database, password = sys.argv[1:4]
client = erppeek.Client(address, database, "admin", password)
assert client.db.server_version() == "6.0.4"
assert "ResPartner" in client.models("res.partner")
assert "crm" in client.modules("crm", installed=True)["installed"]

partner = client.model("res.partner")
assert "name" in partner.keys() and partner.field("name")["type"] == "char"
agrolait = partner.browse([("name", "=", "Agrolait")])[0]
assert agrolait.name == "Agrolait" and agrolait.address and agrolait.address[0].partner_id == agrolait
assert client.count("res.partner", ["supplier = True"]) == len(client.search("res.partner", [("supplier", "=", True)]))
assert client.read("res.partner", [agrolait.id], "name") == ["Agrolait"]

new = partner.create({"name": "Peek & Co", "ref": "PK"})
assert new.name == "Peek & Co" and new.customer is True
new.write({"website": "http://peek.example"})
assert partner.get([("ref", "=", "PK")]).website == "http://peek.example"
twin = new.copy({"ref": "PK2"})
assert twin.name == "Peek & Co (copy)"
assert new.perm_read()["create_uid"][0] == 1
new.unlink()
twin.unlink()
assert client.count("res.partner", [("ref", "like", "PK")]) == 0

lead = client.create("crm.lead", {"name": "From a prompt"})
client.execute("crm.lead", "case_open", [lead])
assert client.read("crm.lead", [lead], "state") == ["open"]
client.execute("crm.lead", "case_close", [lead])
assert client.read("crm.lead", lead, "state") == "done"
client.unlink("crm.lead", [lead])
assert client.access("res.partner", "write") is True

main = partner.get("base.main_partner")
assert main is not None and main.id == 1

try:
    client.execute("res.partner", "no_such_method")
    raise AssertionError("no fault")
except Exception as error:
    assert "no_such_method" in str(error), error
try:
    erppeek.Client(address, database, "admin", "wrong")
    raise AssertionError("logged in with a wrong password")
except Exception as error:
    assert "Invalid username or password" in str(error) or "wrong" in str(error).lower(), error
print("ok")
