{
    'name': 'Email Gateway System',
    'version': '1.0',
    'category': 'Generic Modules/Mail Service',
    'author': 'Apus',
    'license': 'AGPL-3',
    'description': """
Messages on records of any model: e-mails that went out or came in, notes, and
what happened to a record and when.
""",
    'depends': ['base'],
    'update_xml': [
        'security/ir.model.access.csv',
        'views/messages.xml',
    ],
    'installable': True,
    'certificate': '001056784984222247309',
}
