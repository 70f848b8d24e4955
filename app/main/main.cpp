// SPDX-License-Identifier: GPL-3.0-or-later
#include <clocale>
#include <filesystem>
#include <vector>

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>

#include "app/language/language.h"
#include "app/start/prepare_to_compute.h"
#include "ui/engine/paths.h"
#include "ui/main_window.h"
#include "ui/style/window_style.h"

namespace {

/// What stands behind the program's name.
struct Arguments {
    QCommandLineParser parser;
    QCommandLineOption classes{QStringLiteral("classes"),
                               QCoreApplication::translate("main", "Names of the model's classes."),
                               QStringLiteral("table")};
    QCommandLineOption threads{QStringLiteral("threads"),
                               QCoreApplication::translate("main", "Threads to compute with; 0 takes all cores."),
                               QStringLiteral("number")};
    QCommandLineOption device{QStringLiteral("device"),
                              QCoreApplication::translate("main", "auto, cpu, cuda or cuda:1; auto by default."),
                              QStringLiteral("name")};

    explicit Arguments(const QApplication& application)
    {
        parser.setApplicationDescription(
            QCoreApplication::translate("main", "See where each class of an INTR model looks in a picture."));
        parser.addHelpOption();
        parser.addVersionOption();
        parser.addOptions({classes, threads, device});
        parser.addPositionalArgument(
            QStringLiteral("files"),
            QCoreApplication::translate("main", "A checkpoint, pictures and folders of pictures; without any, what "
                                                "the settings say: at first the sample."),
            QStringLiteral("[files...]"));
        parser.process(application);
    }

    void applyTo(ocellus::Settings& settings) const
    {
        if (parser.isSet(threads))
            settings.overrideValue(ocellus::Setting::Threads, parser.value(threads));
        if (parser.isSet(device))
            settings.overrideValue(ocellus::Setting::Device, parser.value(device));
    }

    std::vector<std::filesystem::path> files() const
    {
        std::vector<std::filesystem::path> paths;
        for (const QString& file : parser.positionalArguments())
            paths.push_back(ocellus::toPath(file));
        return paths;
    }
};

QIcon icon()
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48, 64, 128, 256})
        icon.addFile(QStringLiteral(":/application/ocellus-%1.png").arg(size));
    return icon;
}

} // namespace

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
    QApplication application(argc, argv);
    std::setlocale(LC_NUMERIC, "C"); // Qt has taken the user's; QLocale shows numbers, files have points
    QApplication::setApplicationName(QStringLiteral("ocellus"));
    QApplication::setApplicationDisplayName(QStringLiteral("Ocellus"));
    QApplication::setApplicationVersion(QStringLiteral(OCELLUS_VERSION));
    QApplication::setOrganizationName(QStringLiteral("ocellus"));
    QApplication::setDesktopFileName(QStringLiteral("ocellus"));
    QApplication::setStyle(new ocellus::WindowStyle);
    QApplication::setWindowIcon(icon());
    ocellus::speakUsersLanguage(application);

    const Arguments arguments(application);
    ocellus::Settings settings;
    arguments.applyTo(settings);
    ocellus::MainWindow window(settings);
    window.show();
    window.open(arguments.files());
    if (arguments.parser.isSet(arguments.classes))
        window.document().loadClassTable(ocellus::toPath(arguments.parser.value(arguments.classes)));
    return QApplication::exec();
}
