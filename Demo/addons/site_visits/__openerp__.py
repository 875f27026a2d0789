# An addon of data files alone: its model begins with x_, and it needs neither Python nor a compiler.
{
    'name': 'Site Visits',
    'version': '1.0',
    'category': 'Generic Modules/CRM & SRM',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
Notes who has visited which partner, when and with what outcome.

Visits have a window of their own under Sales, and each partner shows how to
find the way to the door.
""",
    'depends': ['base'],
    'update_xml': [
        'models.xml',
        'security/ir.model.access.csv',
        'security/rules.xml',
        'views/visits.xml',
        'views/partners.xml',
    ],
    'demo_xml': ['demo/visits.xml'],
    'installable': True,
}
