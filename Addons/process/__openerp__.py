# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Enterprise Process',
    'version': '1.0',
    'category': 'Generic Modules/Others',
    'author': 'Apus',
    'description': """
Pictures of how work goes through a company: steps, what leads from one to the
next, and where a given document stands.
""",
    'depends': ['base'],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/processes.xml',
    ],
    'installable': True,
}
