internal import ORM

/// Languages by code, each named in English and in itself: what people choose from when they add one, and what clients
/// offer for a new database (contract/wire.md §7). The names are those that clients have always shown.
enum LanguageNames {
    /// In the order of their English names.
    static let all = names.map { Selection.Option($0.key, $0.value) }

    /// The name of a language; nil for one that is not among them.
    static func name(of code: String) -> String? { all.first { $0.key == code }?.label }

    private static let names: KeyValuePairs<String, String> = [
        "ab_RU": "Abkhazian / аҧсуа", "sq_AL": "Albanian / Shqip", "ar_AR": "Arabic / الْعَرَبيّة",
        "bs_BS": "Bosnian / bosanski jezik", "bg_BG": "Bulgarian / български език", "ca_ES": "Catalan / Català",
        "zh_CN": "Chinese (CN) / 简体中文", "zh_HK": "Chinese (HK)", "zh_TW": "Chinese (TW) / 正體字",
        "hr_HR": "Croatian / hrvatski jezik", "cs_CZ": "Czech / Čeština", "da_DK": "Danish / Dansk",
        "nl_NL": "Dutch / Nederlands", "en_CA": "English (CA)", "en_GB": "English (UK)", "en_US": "English (US)",
        "et_EE": "Estonian / Eesti keel", "fi_FI": "Finnish / Suomi", "nl_BE": "Flemish (BE) / Vlaams (BE)",
        "fr_BE": "French (BE) / Français (BE)", "fr_CH": "French (CH) / Français (CH)",
        "fr_FR": "French / Français", "gl_ES": "Galician / Galego", "de_DE": "German / Deutsch",
        "el_GR": "Greek / Ελληνικά", "gu_IN": "Gujarati / ગુજરાતી", "he_IL": "Hebrew / עִבְרִי",
        "hi_IN": "Hindi / हिंदी", "hu_HU": "Hungarian / Magyar", "id_ID": "Indonesian / Bahasa Indonesia",
        "iu_CA": "Inuktitut / ᐃᓄᒃᑎᑐᑦ", "it_IT": "Italian / Italiano", "ja_JP": "Japanese / 日本語",
        "tlh_TLH": "Klingon", "ko_KP": "Korean (KP) / 한국어 (KP)", "ko_KR": "Korean (KR) / 한국어 (KR)",
        "lv_LV": "Latvian / latviešu valoda", "lt_LT": "Lithuanian / Lietuvių kalba",
        "ml_IN": "Malayalam / മലയാളം", "mn_MN": "Mongolian / монгол", "nb_NO": "Norwegian Bokmål / Norsk bokmål",
        "oc_FR": "Occitan (FR, post 1500) / Occitan", "fa_IR": "Persian / فارس", "pl_PL": "Polish / Język polski",
        "pt_BR": "Portugese (BR) / Português (BR)", "pt_PT": "Portugese / Português", "ro_RO": "Romanian / română",
        "ru_RU": "Russian / русский язык", "sr_RS": "Serbian (Cyrillic) / српски",
        "sr@latin": "Serbian (Latin) / srpski", "si_LK": "Sinhalese / සිංහල", "sk_SK": "Slovak / Slovenský jazyk",
        "sl_SI": "Slovenian / slovenščina", "es_AR": "Spanish (AR) / Español (AR)",
        "es_BO": "Spanish (BO) / Español (BO)", "es_CL": "Spanish (CL) / Español (CL)",
        "es_CO": "Spanish (CO) / Español (CO)", "es_CR": "Spanish (CR) / Español (CR)",
        "es_DO": "Spanish (DO) / Español (DO)", "es_EC": "Spanish (EC) / Español (EC)",
        "es_GT": "Spanish (GT) / Español (GT)", "es_HN": "Spanish (HN) / Español (HN)",
        "es_MX": "Spanish (MX) / Español (MX)", "es_NI": "Spanish (NI) / Español (NI)",
        "es_PA": "Spanish (PA) / Español (PA)", "es_PE": "Spanish (PE) / Español (PE)",
        "es_PR": "Spanish (PR) / Español (PR)", "es_PY": "Spanish (PY) / Español (PY)",
        "es_SV": "Spanish (SV) / Español (SV)", "es_UY": "Spanish (UY) / Español (UY)",
        "es_VE": "Spanish (VE) / Español (VE)", "es_ES": "Spanish / Español", "sv_SE": "Swedish / svenska",
        "te_IN": "Telugu / తెలుగు", "th_TH": "Thai / ภาษาไทย", "tr_TR": "Turkish / Türkçe",
        "uk_UA": "Ukrainian / українська", "ur_PK": "Urdu / اردو", "vi_VN": "Vietnamese / Tiếng Việt",
    ]
}

extension Selection {
    /// Every language there is.
    static let knownLanguages = Selection.computed { _ in LanguageNames.all }
}
