# The order within the lists matters: files refer to records of files before them.
{
    'name': 'Base',
    'version': '1.3',
    'category': 'Generic Modules/Base',
    'author': 'Apus',
    'description': """
What every database starts from: users and groups, companies, partners with
their addresses and bank accounts, countries, currencies and languages, and
the records that menus, windows, views and access rights are made of.

Every other addon builds on it. It cannot be removed.
""",
    'depends': [],
    'init_xml': [
        'data/languages.xml',
        'data/countries.xml',
        'data/us_states.xml',
        'data/menu_root.xml',
        'data/main_company.xml',
        'data/currencies.xml',
        'data/currency_rates.xml',
        'data/partner_basics.xml',
    ],
    'update_xml': [
        'security/groups.xml',
        'security/ir.model.access.csv',
        'security/record_rules.xml',
        'views/users.xml',
        'views/companies.xml',
        'views/stored_values.xml',
        'views/sequences.xml',
        'views/actions.xml',
        'views/views.xml',
        'views/menu_entries.xml',
        'views/models.xml',
        'views/external_ids.xml',
        'views/access.xml',
        'views/attachments.xml',
        'views/addons.xml',
        'views/request_links.xml',
        'views/languages.xml',
        'views/translations.xml',
        'views/properties.xml',
        'views/addresses.xml',
        'views/partners.xml',
        'views/partner_basics.xml',
        'views/partner_categories.xml',
        'views/banks.xml',
        'views/countries.xml',
        'views/currencies.xml',
        'views/menus.xml',
        'views/language_wizards.xml',
    ],
    'demo_xml': [
        'demo/partner_categories.xml',
        'demo/users.xml',
        'demo/partners.xml',
        'demo/addresses.xml',
        'demo/banks_and_channels.xml',
    ],
    'installable': True,
    'active': True,
}
