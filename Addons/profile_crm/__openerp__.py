{
    'name': 'CRM Profile',
    'version': '1.0',
    'category': 'Profile',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
A database for customer relations alone: the CRM with cases in their own menu
and sections to begin with, and no accounting.
""",
    'depends': ['crm'],
    'init_xml': [
        'data/sections.xml',
    ],
    'update_xml': [
        'views/cases.xml',
    ],
    'installable': True,
}
