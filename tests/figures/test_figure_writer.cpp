// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <filesystem>

#include <sys/resource.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "core/base/error.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/head_figure.h"

using namespace ocellus;

namespace {

/// While it lives no file can grow beyond a few bytes, as if the disk were full.
class FullDisk {
public:
    FullDisk()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit small{1000, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &m_before); }

private:
    rlimit m_before{};
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// All words of an SVG file, joined; empty where it is no XML.
QString svgText(const QString& path)
{
    QXmlStreamReader reader(contents(path));
    QString text;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text().toString() + QStringLiteral(" | ");
    return reader.hasError() ? QString() : text;
}

std::optional<Error> errorOf(const QString& path, const Explanation& explanation)
{
    try {
        writeFigure(path.toStdString(), figureOf(explanation, FigureStyle::Honest));
    } catch (const Error& error) {
        return error;
    }
    return {};
}

} // namespace

class TestFigureWriter : public QObject {
    Q_OBJECT

private slots:
    void badPaths_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("no extension") << "figure" << ErrorCode::Unsupported;
        QTest::newRow("another format") << "figure.bmp" << ErrorCode::Unsupported;
        QTest::newRow("no name") << "" << ErrorCode::Unsupported;
        QTest::newRow("extension only") << ".png" << ErrorCode::Unsupported;
        QTest::newRow("no such folder") << "missing/figure.png" << ErrorCode::NotFound;
        QTest::newRow("a file as folder") << "file/figure.svg" << ErrorCode::NotFound;
        QTest::newRow("a folder as file") << "folder.pdf" << ErrorCode::Unreadable;
    }

    void badPaths()
    {
        QFETCH(QString, name);
        QFETCH(ErrorCode, code);
        QTemporaryDir folder;
        QDir(folder.path()).mkdir("folder.pdf");
        QFile file(folder.filePath("file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const QString path = name.isEmpty() ? QString() : folder.filePath(name);
        const auto error = errorOf(path, test::syntheticExplanation());
        QVERIFY(error);
        QCOMPARE(error->code(), code);
        QCOMPARE(QString::fromStdString(error->subject()), path);
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 2);
    }

    void fullDiskKeepsTheFileBefore()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.png");
        QFile before(path);
        QVERIFY(before.open(QIODevice::WriteOnly));
        before.write("before");
        before.close();
        std::optional<Error> error;
        {
            const FullDisk full;
            error = errorOf(path, test::syntheticExplanation());
        }
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::Unreadable);
        QCOMPARE(contents(path), QByteArray("before"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
    }

    void nothingToWrite()
    {
        QTemporaryDir folder;
        Explanation noPicture = test::syntheticExplanation();
        noPicture.picture = {};
        for (const Explanation& explanation : {Explanation(), noPicture}) {
            const auto error = errorOf(folder.filePath("figure.png"), explanation);
            QVERIFY(error);
            QCOMPARE(error->code(), ErrorCode::BadArgument);
        }
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void pngHasPrintResolution()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("Würfel 方.PNG"));
        const Explanation explanation = test::syntheticExplanation();
        const Figure figure = figureOf(explanation, FigureStyle::Honest);
        writeFigure(path.toStdString(), figure);
        const QImage image(path);
        QCOMPARE(image.dotsPerMeterX(), 11811);
        QCOMPARE(image.dotsPerMeterY(), 11811);
        QCOMPARE(image.width(), static_cast<int>(std::ceil(figure.size.width() * 300 / 72)));
        QCOMPARE(image.pixel(0, 0), qRgb(255, 255, 255));
    }

    void keepsNamesThatAreNotUtf8()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString() + "/caf\xe9.png"; // Latin-1
        writeFigure(path, figureOf(test::syntheticExplanation(), FigureStyle::Honest));
        QVERIFY(std::filesystem::exists(path));
    }

    void pdfIsOnePageOfTheFiguresSize()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.pdf");
        const Explanation explanation = test::syntheticExplanation();
        writeFigure(path.toStdString(), figureOf(explanation, FigureStyle::Honest));
        const QByteArray pdf = contents(path);
        QVERIFY(pdf.startsWith("%PDF"));
        QVERIFY(pdf.contains("/Count 1"));
        QVERIFY(pdf.contains("/Font"));
        QVERIFY(pdf.contains(QByteArray("/MediaBox [0 0 510")));
    }

    void svgSaysEverything()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.svg");
        Explanation explanation = test::syntheticExplanation();
        explanation.limit = "limited to 3 of 200 (zero)";
        explanation.notices = QStringList{"untrained"};
        writeFigure(path.toStdString(), figureOf(explanation, FigureStyle::Honest));
        const QString text = svgText(path);
        for (const char* expected :
             {"3 Painted Bunting", "bunting.jpg", "rank 2 of 5", "logit 3.50", "layer 2 of 2", "Head 1", "Head 8",
              "Mean", "peak", "score 5.50", "times uniform", "limited to 3 of 200 (zero)", "untrained", "intr_cub.pth",
              "0123456789ab", "Ocellus", "viridis", "cells as cells", "receptive"})
            QVERIFY2(text.contains(QLatin1String(expected)), expected);
        QVERIFY(!text.contains("stretched"));
    }

    void stretchedMapsSaySo()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.svg");
        Explanation explanation = test::syntheticExplanation();
        explanation.style.perMapStretch = true;
        writeFigure(path.toStdString(), figureOf(explanation, FigureStyle::Honest));
        const QString text = svgText(path);
        QVERIFY(text.count("stretched") >= 9 + 1); // every tile and the colour bar
        QVERIFY(!text.contains("times uniform"));
    }

    void longNamesAreElidedNotCut()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath("figure.svg");
        Explanation explanation = test::syntheticExplanation();
        explanation.pictureName = "begin" + QString(500, 'x') + "end.jpg";
        writeFigure(path.toStdString(), figureOf(explanation, FigureStyle::Honest));
        const QString text = svgText(path);
        QVERIFY(text.contains("beginxxx"));
        QVERIFY(text.contains("xxxend.jpg"));
        QVERIFY(text.contains(QChar(0x2026)));
    }

    void anyNumberOfHeadsAndShape_data()
    {
        QTest::addColumn<int>("heads");
        QTest::addColumn<QSize>("picture");
        QTest::newRow("one head") << 1 << QSize(500, 375);
        QTest::newRow("sixteen heads, portrait") << 16 << QSize(300, 500);
        QTest::newRow("panorama") << 8 << QSize(4000, 40);
        QTest::newRow("tower") << 8 << QSize(40, 4000);
        QTest::newRow("one pixel") << 3 << QSize(1, 1);
    }

    void anyNumberOfHeadsAndShape()
    {
        QFETCH(int, heads);
        QFETCH(QSize, picture);
        test::Synthetic wanted;
        wanted.heads = heads;
        wanted.picture = picture;
        const Explanation explanation = test::syntheticExplanation(wanted);
        for (const FigureStyle style : {FigureStyle::Honest, FigureStyle::Paper}) {
            const QImage image = renderFigure(figureOf(explanation, style), 72);
            QVERIFY(image.width() >= 200 && image.height() >= 60 && image.height() < 2000);
        }
    }
};

QTEST_MAIN(TestFigureWriter)
#include "test_figure_writer.moc"
