# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Base Setup',
    'version': '1.0',
    'category': 'Generic Modules/Base',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
The first steps in a new database: who the users are, what the company is
called and where it is, and which applications are wanted. The administrator
meets them at the first login.
""",
    'depends': ['base'],
    'update_xml': [
        'views/setup.xml',
        'views/company.xml',
        'views/applications.xml',
    ],
    'installable': True,
    'active': True,
}
