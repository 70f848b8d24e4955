// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "tests/panels/decodings.h"
#include "ui/models/architecture_text.h"
#include "ui/panels/log_panel.h"
#include "ui/panels/model_panel.h"

using namespace ocellus;

namespace {

/// What a reader of the panel sees, line by line.
QString visibleText(const QWidget& panel)
{
    QStringList parts;
    for (const QLabel* label : panel.findChildren<QLabel*>())
        if (label->isVisible())
            parts << label->text();
    return parts.join('\n');
}

template <typename Button>
void click(const QWidget& panel, const QString& part)
{
    for (Button* button : panel.findChildren<Button*>())
        if (button->text().remove('&').contains(part))
            button->click();
}

} // namespace

class TestModelPanel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void emptyPanelOffersToOpen()
    {
        ModelPanel panel;
        panel.show();
        QSignalSpy spy(&panel, &ModelPanel::checkpointRequested);
        click<QPushButton>(panel, "Open model");
        QCOMPARE(spy.size(), 1);
        panel.setModel({});
        QVERIFY(visibleText(panel).contains("classes are numbered"));
        panel.clearModel();
        QVERIFY(visibleText(panel).contains("No model is open"));
    }

    void assumedIsMarked_data()
    {
        QTest::addColumn<QStringList>("assumed");
        QTest::addColumn<QString>("line");
        QTest::newRow("nothing") << QStringList() << "8 heads";
        QTest::newRow("heads") << QStringList("nheads") << "8 heads (assumed)";
        QTest::newRow("stride") << QStringList("dilation") << "stride 32 (assumed)";
        QTest::newRow("norm") << QStringList("pre_norm") << "norm after each block (assumed)";
        QTest::newRow("unknown") << QStringList({"nheads", "temperature"}) << "also assumed: temperature";
    }

    void assumedIsMarked()
    {
        QFETCH(QStringList, assumed);
        QFETCH(QString, line);
        ModelDescription model;
        for (const QString& name : assumed)
            model.assumed.push_back(name.toStdString());
        QVERIFY2(architectureLines(model).contains(line), qPrintable(architectureLines(model).join('\n')));
    }

    void everyFormIsNamed()
    {
        ModelDescription model;
        QVERIFY(architectureLines(model).contains("one presence vector for all classes"));
        model.config.head = HeadKind::PerClass;
        model.config.lastStage = 3;
        model.config.backboneWidth = 32;
        const QStringList perClass = architectureLines(model);
        QVERIFY(perClass.contains("backbone resnet50 to layer3, 32 channels wide"));
        QVERIFY(perClass.contains("a weight vector for each class (INTR-FC)"));
        model.config = {BackboneKind::MobileNetV2};
        model.config.head = HeadKind::Linear;
        const QStringList linear = architectureLines(model);
        QVERIFY(linear.contains("backbone mobilenet_v2"));
        QVERIFY(linear.last().startsWith("plain classifier"));
        QVERIFY(!linear.join(' ').contains("heads"));
    }

    void tellsWhatTheTrainingWrote()
    {
        ModelPanel panel;
        panel.show();
        ModelDescription model;
        panel.setModel(model);
        QVERIFY(visibleText(panel).contains("nothing known"));
        model.training = {{"training_command", "ocellus-cli train --data birds"}, {"acc@1", "91.8"}};
        panel.setModel(model);
        QVERIFY(visibleText(panel).contains("command: ocellus-cli train --data birds\nacc@1: 91.8"));
    }

    void tellsWhichStateDictIsTaken()
    {
        ModelPanel panel;
        panel.show();
        ModelDescription model;
        panel.setModel(model);
        QVERIFY(visibleText(panel).contains("bare"));
        model.stateDict.key = "state_dict";
        model.stateDict.prefix = "model.";
        model.remarks = {"class_names of the file are not used: they are 3,\nthe model has 4 classes"};
        panel.setModel(model);
        QVERIFY(visibleText(panel).contains("state_dict, names without model."));
        QVERIFY(visibleText(panel).contains("they are 3,?the model has 4 classes"));
        panel.setModel({});
        QVERIFY(!visibleText(panel).contains("class_names"));
    }

    void tellsWhoseSizeIsTaken()
    {
        ModelPanel panel;
        panel.show();
        panel.setModel({});
        const PreprocessOptions square{800, 1333, 224};
        panel.setPreprocessing(square, square, false);
        QVERIFY(visibleText(panel).contains("a square of 224 px\nas the model declares"));
        panel.setPreprocessing({}, square, false);
        QVERIFY(visibleText(panel).contains("set by you; the model declares: a square of 224 px"));
        panel.setPreprocessing({}, std::nullopt, false);
        QVERIFY(!visibleText(panel).contains("declares"));
    }

    void warningsAreShownOnlyWhenTrue()
    {
        ModelPanel panel;
        panel.show();
        ModelDescription model;
        panel.setModel(model);
        panel.setDevice({"CPU, 2 threads", 2, 50, false, {}});
        QVERIFY(!visibleText(panel).contains("Warning"));
        QVERIFY(!visibleText(panel).contains("Untrained"));
        model.untrained = true;
        panel.setModel(model);
        panel.setDevice({"CPU, 2 threads", 2, 3, true, {}});
        QVERIFY(visibleText(panel).contains("slow reference BLAS"));
        QVERIFY(visibleText(panel).contains("Untrained"));
    }

    void namesAreTextNotMarkup()
    {
        ModelPanel panel;
        panel.show();
        panel.setModel({});
        ClassTable table = fourBirds();
        table.source = "/data/<b>names</b>.txt";
        table.base = 1;
        panel.setClassTable(table);
        QVERIFY(visibleText(panel).contains("counted from 1"));
        QVERIFY(visibleText(panel).contains("b>.txt"));
        for (const QLabel* label : panel.findChildren<QLabel*>())
            if (label->text().contains("b>.txt"))
                QCOMPARE(label->textFormat(), Qt::PlainText);
    }

    void hashIsCopiedWhole()
    {
        ModelPanel panel;
        ModelDescription model;
        model.sha256 = std::string(63, '0') + "f";
        panel.setModel(model);
        click<QToolButton>(panel, "Copy");
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(model.sha256));
    }

    void logKeepsOneLineAnEntry()
    {
        LogPanel log;
        const QDateTime noon(QDate(2024, 5, 1), QTime(12, 0));
        log.append(LogLevel::Done, "Opened a.pth", noon);
        log.append(LogLevel::Error, "b\njpg: cut\tshort", noon);
        log.append(LogLevel::Information, {}, noon);
        QCOMPARE(log.text(),
                 QString("12:00:00  done  Opened a.pth\n12:00:00  error  b jpg: cut short\n12:00:00  info  "));
        log.findChild<QComboBox*>()->setCurrentIndex(1);
        QCOMPARE(log.text(), QString("12:00:00  done  Opened a.pth"));
        log.append(LogLevel::Warning, "slow", noon);
        log.findChild<QComboBox*>()->setCurrentIndex(2);
        QCOMPARE(log.text(), QString("12:00:00  error  b jpg: cut short\n12:00:00  warning  slow"));
        click<QToolButton>(log, "Copy");
        QCOMPARE(QGuiApplication::clipboard()->text(), log.text());
        log.clear();
        QVERIFY(log.text().isEmpty());
    }

    void logForgetsTheOldest()
    {
        LogPanel log;
        for (int i = 0; i < LogPanel::MaximumEntries + 5; ++i)
            log.append(LogLevel::Information, QString::number(i));
        log.findChild<QComboBox*>()->setCurrentIndex(2);
        log.findChild<QComboBox*>()->setCurrentIndex(0);
        const QStringList lines = log.text().split('\n');
        QCOMPARE(lines.size(), LogPanel::MaximumEntries);
        QVERIFY(lines.first().endsWith("  5"));
    }
};

QTEST_MAIN(TestModelPanel)
#include "test_model_panel.moc"
