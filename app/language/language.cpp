// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace ocellus {

void speakUsersLanguage(QCoreApplication& application)
{
    const auto install = [&application](auto&&... source) {
        auto* translator = new QTranslator(&application);
        if (!translator->load(source...))
            return false;
        QCoreApplication::installTranslator(translator);
        return true;
    };
    const QString separator(QLatin1Char('_'));
    install(QLocale(), QStringLiteral("qtbase"), separator, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // English has its plural forms in a catalogue.
    if (!install(QLocale(), QStringLiteral("ocellus"), separator, QStringLiteral(":/i18n"))) {
        install(QStringLiteral(":/i18n/ocellus_en.qm"));
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }
}

} // namespace ocellus
