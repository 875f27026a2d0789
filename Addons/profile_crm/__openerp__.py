# The order within the lists matters: files refer to records of files before them.
{
    'name': 'CRM profile',
    'version': '1.0',
    'category': 'Profile',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
A database for customer relations alone: the CRM, the cases of OpenERP 5.0 in a
menu of their own with sections to begin with, and no accounting.
""",
    'depends': ['crm'],
    'init_xml': [
        'data/sections.xml',
    ],
    'update_xml': [
        'views/menus.xml',
        'views/meetings.xml',
        'views/opportunities.xml',
        'views/jobs.xml',
        'views/phone_calls.xml',
        'views/reporting.xml',
        'views/configuration.xml',
        'views/links.xml',
    ],
    'demo_xml': [
        'demo/cases.xml',
    ],
    'installable': True,
}
