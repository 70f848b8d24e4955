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

    void otherNamesLoseTheirMiddle()
    {
        const QFontMetricsF metrics{QFont()};
        const QString name("Black-footed Albatross");
        const QString text = elidedName(name, 0.7 * metrics.horizontalAdvance(name), metrics);
        QVERIFY2(text.startsWith("Bla") && text.endsWith("oss"), qPrintable(text));
    }
};

QTEST_MAIN(TestElidedName)
#include "test_elided_name.moc"
