"""Modules are installed, upgraded, removed and imported, by erppeek's own commands and by plain calls."""
import base64
import io
import sys
import xmlrpc.client
import zipfile

import erppeek

address, database, password = sys.argv[1:4]
client = erppeek.Client(address, database, "admin", password)
call = client.execute


def state(name):
    return client.read("ir.module.module", [("name", "=", name)], "state")[0]


# erppeek looks for new modules, marks, looks what is marked, and applies without a wizard's id.
client.install("site_visits")
assert "site_visits" in client.modules("site_visits", installed=True)["installed"]
visits = client.model("x_site.visit")
assert visits.count() == 2
partner = client.create("res.partner", {"name": "Gate"})
visit = visits.create({"x_name": "Say hello", "x_partner_id": partner, "x_date": "2011-05-02"})
assert client.read("res.partner", partner, "x_visit_ids") == [visit.id]
client.upgrade("site_visits")
assert state("site_visits") == "installed"
client.uninstall("site_visits")
assert state("site_visits") == "uninstalled"
try:
    call("x_site.visit", "search", [])
    raise AssertionError("the model is still there")
except xmlrpc.client.Fault as fault:
    assert fault.faultCode == "warning -- Object Error\n\nObject x_site.visit doesn't exist", fault

# A module in a zip file, as the wizard sends it.
packed = io.BytesIO()
with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("sent_by_script/__openerp__.py", "{'name': 'Sent', 'depends': ['base'], 'data': ['data.xml']}")
    archive.writestr(
        "sent_by_script/data.xml",
        '<openerp><data><record id="p" model="res.partner"><field name="name">Sent along</field></record></data></openerp>',
    )
wizard = call("base.module.import", "create", {"module_file": base64.b64encode(packed.getvalue()).decode()})
call("base.module.import", "importzip", [wizard])
assert call("base.module.import", "read", wizard, ["module_name"])["module_name"] == "sent_by_script"
ids = client.search("ir.module.module", [("name", "=", "sent_by_script")])
assert call("ir.module.module", "button_install", ids) is True
wizard = call("base.module.upgrade", "create", {})
answer = call("base.module.upgrade", "upgrade_module", [wizard])
assert answer["res_model"] == "base.module.upgrade" and answer["views"][0][1] == "form", answer
assert client.count("res.partner", [("name", "=", "Sent along")]) == 1
call("ir.module.module", "button_uninstall", ids)
call("base.module.upgrade", "upgrade_module", [])
assert client.count("res.partner", [("name", "=", "Sent along")]) == 0
call("ir.module.module", "unlink", ids)

client.unlink("res.partner", [partner])
print("ok")
