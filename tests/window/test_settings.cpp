// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/document/setting_groups.h"
#include "ui/session/display_json.h"

using namespace ocellus;

class TestSettings : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void survivesForeignValues_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("threads: text") << "engine/threads" << QVariant("many");
        QTest::newRow("threads: negative") << "engine/threads" << QVariant(-3);
        QTest::newRow("short side: zero") << "input/shortSide" << QVariant(0);
        QTest::newRow("short side: huge") << "input/shortSide" << QVariant(2'000'000'000);
        QTest::newRow("square: negative") << "input/fixedSide" << QVariant(-7);
        QTest::newRow("square: huge") << "input/fixedSide" << QVariant(2'000'000'000);
        QTest::newRow("long side below the short one") << "input/longSide" << QVariant(10);
        QTest::newRow("colour map: unknown") << "display/colourMap" << QVariant("rainbow");
        QTest::newRow("overlay: unknown") << "display/overlay" << QVariant("rainbow");
        QTest::newRow("scale: a number") << "display/scale" << QVariant(3);
        QTest::newRow("opacity: text") << "display/opacity" << QVariant("thick");
        QTest::newRow("opacity: above 1") << "display/opacity" << QVariant(7.5);
        QTest::newRow("theme: unknown") << "window/theme" << QVariant("pink");
        QTest::newRow("start: unknown") << "window/startWith" << QVariant("coffee");
        QTest::newRow("range: text") << "input/sampleRange" << QVariant("wide");
        QTest::newRow("range: upside down") << "input/sampleRange" << QVariant("9:1");
        QTest::newRow("recent: a number") << "recent/checkpoints" << QVariant(4);
    }

    void survivesForeignValues()
    {
        QFETCH(const QString, key);
        QFETCH(const QVariant, value);
        QSettings(file(), QSettings::IniFormat).setValue(key, value);
        const Settings settings(file());
        const PreprocessOptions input = preprocessOptions(settings);
        validate(input);
        QVERIFY(engineOptions(settings).threads >= 0);
        const MapStyle style = displayChoice(settings).style;
        QVERIFY(style.opacity >= 0 && style.opacity <= 1);
        QVERIFY(style.colourMap == MapStyle().colourMap);
        QVERIFY(style.overlay == MapStyle().overlay && style.scale == MapStyle().scale);
        QVERIFY(settingsValues(settings).theme == Theme::System);
        QVERIFY(settingsValues(settings).startWith == StartWith::Sample);
        QVERIFY(decodeOptions(settings).range == SampleRange());
    }

    void startsWithTheDefaults()
    {
        const Settings settings(file());
        QCOMPARE(settingsValues(settings), SettingsValues());
        QCOMPARE(displayChoice(settings), DisplayChoice());
        QVERIFY(preprocessOptions(settings) == PreprocessOptions());
        QVERIFY(settings.boolean(Setting::FollowPrediction));
    }

    void keepsTheRuleOfMaps()
    {
        DisplayChoice choice;
        choice.style.overlay = OverlayRule::Spotlight;
        choice.style.scale = ValueScale::Logarithmic;
        {
            Settings settings(file());
            keepChanges(settings, DisplayChoice(), choice);
        }
        QCOMPARE(displayChoice(Settings(file())), choice);
        QCOMPARE(displayOf(jsonOf(choice)), choice);
        QCOMPARE(displayOf("{}"), DisplayChoice());
    }

    /// What a session showed it shows again.
    void sessionsOfEarlierVersionsKeepTheirTint()
    {
        const MapStyle style = displayOf(R"({"colours":"viridis","opacity":0.6})").style;
        QVERIFY(style.overlay == OverlayRule::Flat && style.scale == ValueScale::Linear);
        const MapStyle strange = displayOf(R"({"colours":"viridis","overlay":"rainbow","scale":"?"})").style;
        QVERIFY(strange.overlay == OverlayRule::Transparent && strange.scale == ValueScale::SquareRoot);
    }

    void keepsWhatTheDialogGives()
    {
        SettingsValues values;
        values.device = "cpu";
        values.threads = 3;
        values.tf32 = values.half = values.ignoreExif = values.convertToSrgb = true;
        values.range = {SampleRange::Kind::Given, 0, 4095};
        values.shortSide = 400;
        values.longSide = 600;
        values.modelsOwnSize = false;
        values.fixedSide = 224;
        values.colourMap = ColourMap::Jet;
        values.tileTextSize = 12;
        values.theme = Theme::Dark;
        values.startWith = StartWith::LastSession;
        {
            Settings settings(file());
            keep(settings, values);
        }
        QCOMPARE(settingsValues(Settings(file())), values);
    }

    void tellsOnlyOfChanges()
    {
        Settings settings(file());
        const QSignalSpy changed(&settings, &Settings::changed);
        settings.setValue(Setting::Threads, 0);
        QCOMPARE(changed.count(), 0);
        settings.setValue(Setting::Threads, 2);
        QCOMPARE(changed.count(), 1);
    }

    void anOverrideLastsForTheRun()
    {
        {
            Settings settings(file());
            settings.setValue(Setting::Threads, 2);
            settings.overrideValue(Setting::Threads, "1");
            QCOMPARE(settings.integer(Setting::Threads), 1);
        }
        Settings settings(file());
        QCOMPARE(settings.integer(Setting::Threads), 2);
        settings.overrideValue(Setting::Threads, "1");
        settings.setValue(Setting::Threads, 4);
        QCOMPARE(settings.integer(Setting::Threads), 4);
    }

    void keepsTheTenNewestFiles()
    {
        Settings settings(file());
        for (int i = 0; i < 12; ++i)
            settings.addRecent(Setting::RecentPictures, QString::number(i));
        settings.addRecent(Setting::RecentPictures, "5");
        const QStringList recent = settings.value(Setting::RecentPictures).toStringList();
        QCOMPARE(recent, QStringList({"5", "11", "10", "9", "8", "7", "6", "4", "3", "2"}));
    }

    void remembersClassTables()
    {
        Settings settings(file());
        QCOMPARE(settings.classTableFor("abc"), QString());
        settings.rememberClassTable("abc", "/some/table.txt");
        QCOMPARE(settings.classTableFor("abc"), QString("/some/table.txt"));
        settings.forgetClassTable("abc");
        QCOMPARE(settings.classTableFor("abc"), QString());
    }

private:
    QString file() const { return m_folder->filePath("settings.ini"); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestSettings)
#include "test_settings.moc"
