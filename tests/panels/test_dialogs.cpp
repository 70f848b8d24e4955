// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTextBrowser>
#include <QtTest>

#include "ui/panels/glossary_dialog.h"
#include "ui/panels/keys_dialog.h"
#include "ui/panels/settings_dialog.h"

using namespace ocellus;

class TestDialogs : public QObject {
    Q_OBJECT

private slots:
    void impossibleSettingsAreClamped()
    {
        SettingsValues wild;
        wild.threads = -5;
        wild.shortSide = 900;
        wild.longSide = 10;
        wild.tileTextSize = 1000;
        wild.colourMap = static_cast<ColourMap>(77);
        wild.theme = static_cast<Theme>(77);
        wild.startWith = static_cast<StartWith>(77);
        const SettingsValues values = SettingsDialog(wild, {}).values();
        QCOMPARE(values.threads, 0);
        QCOMPARE(values.shortSide, 900);
        QCOMPARE(values.longSide, 900);
        QCOMPARE(values.tileTextSize, 32);
        QVERIFY(values.colourMap == ColourMap::Viridis);
        QCOMPARE(values.theme, Theme::System);
        QCOMPARE(values.startWith, StartWith::Sample);
    }

    void valuesComeBackAsGiven()
    {
        SettingsValues given;
        given.device = "cuda:1";
        given.threads = 3;
        given.tf32 = given.half = given.ignoreExif = given.convertToSrgb = true;
        given.range = {SampleRange::Kind::Given, 12, 4095};
        given.shortSide = 480;
        given.longSide = 640;
        given.modelsOwnSize = false;
        given.fixedSide = 224;
        given.colourMap = ColourMap::Jet;
        given.tileTextSize = 14;
        given.theme = Theme::Dark;
        given.startWith = StartWith::Nothing;
        SettingsDialog dialog(given, {"auto", "cpu"});
        QCOMPARE(dialog.values(), given);
        QCOMPARE(SettingsDialog({}, {"auto", "cpu"}).values(), SettingsValues{});
        given.range = {SampleRange::Kind::Auto};
        QVERIFY(SettingsDialog(given, {"auto", "cpu"}).values().range == given.range);
    }

    void onlyOkAccepts()
    {
        SettingsDialog dialog({}, {"auto", "cpu"});
        QSignalSpy spy(&dialog, &SettingsDialog::settingsAccepted);
        dialog.open();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QCOMPARE(spy.size(), 0);
        dialog.open();
        dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        QCOMPARE(spy.size(), 1);
        QCOMPARE(spy.first().first().value<SettingsValues>(), SettingsValues{});
    }

    void defaultsAreRestored()
    {
        SettingsValues given;
        given.shortSide = 2000;
        given.longSide = 3000;
        SettingsDialog dialog(given, {"auto"});
        dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::RestoreDefaults)->click();
        QCOMPARE(dialog.values(), SettingsValues{});
    }

    void keysListActionsThatHaveSome()
    {
        QAction open("&Open pictures\u2026");
        open.setShortcut(Qt::CTRL | Qt::Key_O);
        QAction search("Search && find");
        search.setShortcut(Qt::Key_F);
        QAction stray("Odd &");
        stray.setShortcut(Qt::Key_G);
        QAction without("No key");
        QAction separator;
        separator.setSeparator(true);
        const KeysDialog dialog({&open, &search, &stray, &without, &separator}, {{"Wheel", "Zoom"}});
        const auto* table = dialog.findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 4);
        QCOMPARE(table->item(0, 1)->text(), QString("Open pictures"));
        QCOMPARE(table->item(1, 1)->text(), QString("Search & find"));
        QCOMPARE(table->item(2, 1)->text(), QString("Odd "));
        QCOMPARE(table->item(3, 0)->text(), QString("Wheel"));
        QCOMPARE(KeysDialog({}).findChild<QTableWidget*>()->rowCount(), 0);
    }

    void glossaryExplains_data()
    {
        QTest::addColumn<QString>("word");
        for (const char* word : {"query",          "Head",        "Layer",    "Score",       "Times uniform",
                                 "Zero",           "Drop",        "Filter",   "Receptive",   "As published",
                                 "Logit",          "Probability", "Mask",     "Edit",        "Control edit",
                                 "Jensen-Shannon", "Draft",       "Contrast", "Consistency", "Attention by hand",
                                 "Session",        "Journal",     "Unusual"})
            QTest::newRow(word) << QString(word);
    }

    void glossaryExplains()
    {
        QFETCH(QString, word);
        const GlossaryDialog dialog;
        QVERIFY(dialog.findChild<QTextBrowser*>()->toPlainText().contains(word));
    }
};

QTEST_MAIN(TestDialogs)
#include "test_dialogs.moc"
