// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTemporaryDir>
#include <QTranslator>

#include "tests/gallery/gallery_scenes.h"
#include "ui/engine/paths.h"
#include "ui/style/window_style.h"
#include "ui/window/central_view.h"
#include "ui/window/workspaces.h"

using namespace ocellus;

namespace {

const QList<QSize> Sizes{{1366, 768}, {1600, 1000}, {2560, 1440}, {3840, 2160}};

void write(const QImage& image, const QString& file)
{
    if (!image.save(file))
        qFatal("%s: cannot be written", qPrintable(file));
    std::puts(qPrintable(file));
}

/// All pages of all workspaces, or of the one with this key, in all sizes.
void drawAll(GalleryWindow& window, const QString& name, const QList<QSize>& sizes, const QString& only,
             const QDir& out)
{
    for (const Workspace& workspace : window->workspaces().all()) {
        if (!only.isEmpty() && workspace.key != only)
            continue;
        window->workspaces().show(workspace.id);
        for (QWidget* page : workspace.pages) {
            window->centre().showPage(page);
            for (const QSize& size : sizes) {
                window->resize(size);
                window.settle();
                if (window->size() != size)
                    std::printf("%s: does not fit into %d x %d\n", qPrintable(name), size.width(), size.height());
                const int index = workspace.pages.indexOf(page) + 1;
                const QString file = QStringLiteral("%1-%2-%3-%4x%5.png")
                                         .arg(name, workspace.key)
                                         .arg(index)
                                         .arg(size.width())
                                         .arg(size.height());
                write(window->grab().toImage(), out.filePath(file));
            }
        }
    }
}

/// The two pictures of the README.
void drawForReadme(const std::vector<GalleryScene>& scenes, const QDir& out)
{
    const auto draw = [&](Theme theme, const QString& sceneName, WorkspaceId id, const QString& file) {
        GalleryWindow window(theme);
        for (const GalleryScene& scene : scenes)
            if (scene.name == sceneName)
                scene.set(window);
        window->workspaces().show(id);
        window->resize(1366, 800);
        window.settle();
        constexpr int quality = 76;
        if (!window->grab().toImage().save(out.filePath(file), "jpg", quality))
            qFatal("%s: cannot be written", qPrintable(file));
    };
    draw(Theme::Light, QStringLiteral("sample"), WorkspaceId::Look, QStringLiteral("look.jpg"));
    draw(Theme::Dark, QStringLiteral("edited"), WorkspaceId::Edit, QStringLiteral("edit.jpg"));
}

} // namespace

/// Draws every page of the window with nothing, with a picture alone, with the sample, limited, edited, with findings,
/// with long names and after an error, in four sizes, light and dark, so that somebody can look at all of them.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    QTranslator english;
    if (!english.load(QStringLiteral(OCELLUS_CATALOGUE)))
        qFatal("%s: cannot be read", OCELLUS_CATALOGUE);
    QApplication::installTranslator(&english);
    QCommandLineParser parser;
    const QCommandLineOption readme(QStringLiteral("readme"), QStringLiteral("Only the README's two pictures."));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("Only scenes of this name."),
                                  QStringLiteral("scene"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Only in this size."),
                                  QStringLiteral("WIDTHxHEIGHT"));
    const QCommandLineOption one(QStringLiteral("theme"), QStringLiteral("Only in this one."),
                                 QStringLiteral("light or dark"));
    const QCommandLineOption in(QStringLiteral("workspace"), QStringLiteral("Only this one's pages."),
                                QStringLiteral("key"));
    parser.addHelpOption();
    const QCommandLineOption given(
        QStringLiteral("open"),
        QStringLiteral("Only a scene of these: a model, a picture, a table of classes; may be repeated."),
        QStringLiteral("file"));
    parser.addOptions({readme, only, size, one, in, given});
    parser.addPositionalArgument(QStringLiteral("out"), QStringLiteral("Folder to write to."));
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(1);
    const QDir out(parser.positionalArguments().constFirst());
    if (!out.mkpath(QStringLiteral(".")))
        qFatal("the folder cannot be made");
    QTemporaryDir made;
    std::vector<GalleryScene> scenes = galleryScenes(toPath(made.path()));
    if (parser.isSet(given)) {
        std::vector<std::filesystem::path> files;
        for (const QString& file : parser.values(given))
            files.push_back(toPath(file));
        scenes = {{QStringLiteral("given"), [files](GalleryWindow& window) { window.open(files); }}};
    }
    if (parser.isSet(readme)) {
        drawForReadme(scenes, out);
        return 0;
    }
    QList<QSize> sizes = Sizes;
    if (parser.isSet(size)) {
        const QStringList sides = parser.value(size).split('x');
        sizes = {QSize(sides.value(0).toInt(), sides.value(1).toInt())};
    }
    for (const auto& [themeName, theme] : {std::pair("light", Theme::Light), std::pair("dark", Theme::Dark)}) {
        if (parser.isSet(one) && parser.value(one) != QLatin1String(themeName))
            continue;
        for (const GalleryScene& scene : scenes) {
            if (parser.isSet(only) && scene.name != parser.value(only))
                continue;
            GalleryWindow window(theme);
            window->resize(sizes.front());
            scene.set(window);
            drawAll(window, QStringLiteral("%1-%2").arg(QString::fromLatin1(themeName), scene.name), sizes,
                    parser.value(in), out);
        }
    }
    return 0;
}
