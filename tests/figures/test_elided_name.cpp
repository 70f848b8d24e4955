// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGuiApplication>
#include <QtTest>

#include "ui/figures/elided_name.h"

using namespace ocellus;

class TestElidedName : public QObject {
    Q_OBJECT

private slots:
    void neverWiderThanItsRoom_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", " ", "17", "Calcidella aurantia", "17 Calcidella aurantia",
                                 "Papilio machaon gorganus", "Black-footed Albatross", "A b", "\u00c9toile bleue",
                                 "calcidella aurantia", "Q\u0301uite \u4e2d\u6587 name"})
            QTest::newRow(name) << QString::fromUtf8(name);
        QTest::newRow("long") << QString(5000, 'x');
        QTest::newRow("long epithet") << "Genus " + QString(5000, 'x');
    }

    void neverWiderThanItsRoom()
    {
        QFETCH(QString, name);
        const QFontMetricsF metrics{QFont()};
        const double dots = metrics.horizontalAdvance(QChar(0x2026));
        for (double width = -10; width < 200; width += 7) {
            const QString text = elidedName(name, width, metrics);
            QVERIFY2(metrics.horizontalAdvance(text) <= std::max(width + 2, dots + 1), qPrintable(text));
        }
        QCOMPARE(elidedName(name, 1e9, metrics), name);
    }

    void keepsTheEpithet_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("least"); // what still has room
        QTest::newRow("binomial") << "Calcidella aurantia"
                                  << "C. aurantia";
        QTest::newRow("with index") << "17 Calcidella aurantia"
                                    << "C. aurantia";
        QTest::newRow("subspecies") << "Papilio machaon gorganus"
                                    << "P. machaon gorganus";
        QTest::newRow("variety") << "Pyrandra fissa var. longissima"
                                 << "P. fissa var. longissima";
        QTest::newRow("hybrid") << "Larus argentatus × hyperboreus"
                                << "L. argentatus × hyperboreus";
        QTest::newRow("hyphen") << "Polygonia c-album"
                                << "P. c-album";
    }

    void keepsTheEpithet()
    {
        QFETCH(QString, name);
        QFETCH(QString, least);
        const QFontMetricsF metrics{QFont()};
        QCOMPARE(elidedName(name, metrics.horizontalAdvance(least) + 0.5, metrics), least);
        const QString wider = elidedName(name, metrics.horizontalAdvance(name) - 1, metrics);
        QVERIFY2(wider.contains(QChar(0x2026)) && wider.endsWith(name.section(' ', -1)), qPrintable(wider));
    }

    void thoseBesideEachOtherStayDifferent_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<double>("share"); // of the longest one's width
        const QStringList varieties{"Pyrandra fissa var. longipennis alba", "Pyrandra fissa var. longicauda alba",
                                    "Pyrandra fissa var. longirostris alba"};
        QTest::newRow("the middle") << varieties << 0.5;
        QTest::newRow("with indices") << QStringList{"4 " + varieties[0], "5 " + varieties[1], "6 " + varieties[2]}
                                      << 0.5;
        QTest::newRow("one letter") << QStringList{"Black-footed Long-tailed Albatross of the north",
                                                   "Black-footed Long-nailed Albatross of the north"}
                                    << 0.4;
        QTest::newRow("one within another") << QStringList{"Great grey and white shrike of the hills",
                                                           "Great grey and white and white shrike of the hills"}
                                            << 0.5;
        QTest::newRow("the end") << QStringList{"Albatross of the northern seas a", "Albatross of the northern seas b"}
                                 << 0.4;
    }

    void thoseBesideEachOtherStayDifferent()
    {
        QFETCH(QStringList, names);
        QFETCH(double, share);
        const QFontMetricsF metrics{QFont()};
        double width = 0;
        for (const QString& name : names)
            width = std::max(width, share * metrics.horizontalAdvance(name));
        QSet<QString> texts;
        for (const QString& name : names) {
            const QString text = elidedName(name, width, metrics, names);
            QVERIFY2(metrics.horizontalAdvance(text) <= width + 2, qPrintable(text));
            texts += text;
        }
        QCOMPARE(texts.size(), names.size());
        for (const QString& text : texts)
            QVERIFY2(!text.endsWith(QChar(0x2026)), qPrintable(text)); // what differs is there as a whole
        QCOMPARE(elidedName(names.front(), width, metrics, {names.front()}),
                 elidedName(names.front(), width, metrics)); // of nothing else it need not differ
    }

    void otherNamesLoseTheirMiddle()
    {
        const QFontMetricsF metrics{QFont()};
        const QString name("Black-footed Albatross");
        const QString text = elidedName(name, 0.7 * metrics.horizontalAdvance(name), metrics);
        QVERIFY2(text.startsWith("Bla") && text.endsWith("oss"), qPrintable(text));
    }

    /// Two pictures of one species, beside each other: "Calc….jpg" twice says nothing.
    void captionsStayApart()
    {
        const QFontMetricsF metrics{QFont()};
        const QString rest = QStringLiteral(" \u00b7 12 Calcidella aurantia \u00b7 rank 1 of 12, logit 4.31, p 0.97");
        const QStringList captions{"Calcidella_aurantia_specimen_0001.jpg" + rest,
                                   "Calcidella_aurantia_specimen_0002.jpg" + rest + ", edited",
                                   "Calcidella_aurantia_specimen_0013.jpg" + rest};
        for (const double share : {0.3, 0.4, 0.6}) {
            QStringList shown;
            for (const QString& caption : captions)
                shown += elidedCaption(caption, share * metrics.horizontalAdvance(captions[1]), metrics, captions);
            QVERIFY2(shown[0] != shown[2], qPrintable(shown.join('\n')));
            QVERIFY2(shown[1].endsWith("edited"), qPrintable(shown[1]));
            QVERIFY2(shown[1].chopped(8) != shown[0], qPrintable(shown.join('\n')));
        }
    }

    void factsOfACaptionAreWhole_data()
    {
        QTest::addColumn<QString>("caption");
        QTest::newRow("nothing") << "";
        QTest::newRow("one part") << "a_picture_with_a_long_name_and_an_ending.jpeg";
        QTest::newRow("of the page of pictures")
            << "birds/0001.jpg \u00b7 Calcidella aurantia \u00b7 rank 1 of 24, logit 6.77, p 0.98";
        QTest::newRow("no facts but words")
            << "0001.jpg \u00b7 12 Pyrandra fissa \u00b7 a token of the backbone: no logit";
    }

    void factsOfACaptionAreWhole()
    {
        QFETCH(const QString, caption);
        const QFontMetricsF metrics{QFont()};
        const QStringList facts = caption.split(" \u00b7 ").last().split(", ");
        const double whole = metrics.horizontalAdvance(caption);
        QCOMPARE(elidedCaption(caption, whole, metrics), caption);
        for (double share = 0.05; share < 1; share += 0.05) {
            const QString text = elidedCaption(caption, share * whole, metrics);
            QVERIFY2(metrics.horizontalAdvance(text) <= share * whole + 2, qPrintable(text));
            const QStringList parts = text.split(" \u00b7 ");
            if (share < 0.3 || parts.size() < 3)
                continue;
            for (const QString& fact : parts.last().split(", "))
                QVERIFY2(facts.contains(fact), qPrintable(text));
        }
    }
};

QTEST_MAIN(TestElidedName)
#include "test_elided_name.moc"
