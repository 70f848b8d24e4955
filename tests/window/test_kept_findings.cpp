// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/session/session_writer.h"
#include "tests/window/session_steps.h"
#include "ui/compare/controls_panel.h"
#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/experiment_study.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/region_form.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/window/central_view.h"

using namespace ocellus;

namespace {

constexpr int patience = 60'000;

using nlohmann::json;
using Spoil = std::function<void(json& experiment)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// An experiment and controls, their forms and what they found, in a session's file and out of it.
class TestKeptFindings : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        if (m_fixture)
            m_fixture->restart();
        else
            m_fixture = std::make_unique<WindowFixture>();
        m_steps = std::make_unique<SessionSteps>(*m_fixture);
        m_page = m_fixture->window().findChild<ExperimentPage*>();
        m_study = m_fixture->window().findChild<ExperimentStudy*>();
        m_controls = m_fixture->window().findChild<ControlsPanel*>();
    }

    void spoiltOnesAreToldAndNothingElseIsLost_data()
    {
        QTest::addColumn<Spoil>("spoil");
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("nothing that is known", [](json& experiment) { experiment = {{"from", "a later version"}}; });
        row("no form", [](json& experiment) { experiment.erase("form"); });
        row("an operation that there is not",
            [](json& experiment) { experiment["form"]["operation"]["kind"] = "polish"; });
        row("21 controls", [](json& experiment) { experiment["form"]["controls"] = 21; });
        row("a class beyond the names",
            [](json& experiment) { experiment["results"]["findings"][0]["row"]["after"] = WindowFixture::Classes; });
        row("no names", [](json& experiment) { experiment["results"]["classes"]["entries"] = json::array(); });
        row("a relative path", [](json& experiment) { experiment["results"]["findings"][0]["path"] = "a.png"; });
        row("half a standing", [](json& experiment) {
            experiment["results"]["findings"][0]["row"]["predicted"]["before"] = {1, 2};
        });
    }

    void spoiltOnesAreToldAndNothingElseIsLost()
    {
        QFETCH(const Spoil, spoil);
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        QVERIFY(m_steps->save());
        Session session = readSession(m_steps->file());
        json experiment = json::parse(session.findings.experiment);
        spoil(experiment);
        session.findings.experiment = experiment.dump();
        writeSession(m_steps->file("spoilt.ocellus"), session);
        QVERIFY(m_steps->open("spoilt.ocellus"));
        QVERIFY(findings().empty());
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->message().contains("experiment"), patience);
        QCOMPARE(m_fixture->document().pictures().rowCount(), int(WindowFixture::Pictures));
        QVERIFY(m_fixture->settle());
        QVERIFY(button(*m_page, "Start")->isEnabled());
    }

    /// Masks and thumbnails are looked at when they are wanted only.
    void aSpoiltMaskIsToldWhenItIsWanted()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        QVERIFY(m_steps->save());
        Session session = readSession(m_steps->file());
        json experiment = json::parse(session.findings.experiment);
        for (json& finding : experiment["results"]["findings"]) {
            finding["mask"]["runs"] = "no base64";
            finding["before"] = "no picture";
        }
        session.findings.experiment = experiment.dump();
        writeSession(m_steps->file("spoilt.ocellus"), session);
        QVERIFY(m_steps->open("spoilt.ocellus"));
        QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
        QVERIFY(m_fixture->settle());
        m_page->results()->findChild<QTableView*>()->selectRow(0);
        QPushButton* apply = button(*m_page, "Apply this edit to it");
        QTRY_VERIFY(apply->isEnabled());
        apply->click();
        QVERIFY(m_fixture->document().editor().state().edits.empty());
        QTRY_VERIFY2(m_fixture->message().contains("mask"), qPrintable(m_fixture->message()));
    }

    void aSessionWithoutAnyHasNone()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(m_steps->save());
        QVERIFY(readSession(m_steps->file()).findings.empty());
        QVERIFY(run());
        QVERIFY(m_steps->work().isUnsaved());
        QVERIFY(openInstead());
        QVERIFY(findings().empty()); // they were of other work
        QVERIFY(!m_steps->work().isUnsaved());
    }

    void anExperimentComesBackAsItWas_data()
    {
        QTest::addColumn<bool>("restarted");
        QTest::newRow("in the same window") << false;
        QTest::newRow("in a new one") << true;
    }

    void anExperimentComesBackAsItWas()
    {
        QFETCH(const bool, restarted);
        QVERIFY(m_steps->openPictures());
        ExperimentForm& form = *m_page->form();
        form.findChild<QSpinBox*>(QString(), Qt::FindDirectChildrenOnly)->setValue(3);
        auto* operation = form.findChild<QComboBox*>(QString(), Qt::FindDirectChildrenOnly);
        operation->setCurrentIndex(operation->findText("Blur"));
        QVERIFY(run());
        const std::string recipe = jsonOf(form.recipe()).dump();
        const std::vector<ExperimentFinding> before = findings();
        const std::string table = m_study->table();
        QVERIFY(m_steps->save());
        QVERIFY(!m_steps->work().isUnsaved());
        if (restarted)
            init();
        else
            operation->setCurrentIndex(operation->findText("Inpaint"));
        m_fixture->settings().setValue(Setting::ShortSide, 32); // another input than it was asked of
        QVERIFY(restarted ? m_steps->open() : openInstead());
        QCOMPARE(QString::fromStdString(jsonOf(m_page->form()->recipe()).dump()), QString::fromStdString(recipe));
        QCOMPARE(m_page->form()->controls(), 3);
        QCOMPARE(findings().size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            QCOMPARE(findings()[i].path, before[i].path);
            QCOMPARE(findings()[i].before, before[i].before);
            QVERIFY(findings()[i].mask == before[i].mask);
        }
        QCOMPARE(QString::fromStdString(m_study->table()), QString::fromStdString(table));
        QVERIFY2(m_page->note().contains("4 of 4 pictures, whole") && m_page->note().contains("small.safetensors"),
                 qPrintable(m_page->note()));
        QVERIFY(m_fixture->settle());
        QVERIFY(m_fixture->answer().result().decoding);
        QCOMPARE(findings().size(), before.size()); // its model has come
        QVERIFY(!m_steps->work().isUnsaved());
        QVERIFY(m_study->reporter()().preprocess == PreprocessOptions({64, 128}));
        QVERIFY(m_steps->save("again.ocellus"));
        QCOMPARE(readSession(m_steps->file("again.ocellus")).findings, readSession(m_steps->file()).findings);
    }

    void anotherModelsExperimentGoesWithIt()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        QVERIFY(m_steps->save());
        m_fixture->window().open({toPath(m_fixture->otherCheckpoint())});
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document().classCount(), int(WindowFixture::OtherClasses), patience);
        QVERIFY(findings().empty());
        QVERIFY(m_fixture->settle());
        // Back to the session's: what it knows is there again.
        QVERIFY(openInstead());
        QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->document().classCount(), int(WindowFixture::Classes), patience);
        QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
    }

    /// What is done by then is saved; the rest goes on, and makes the work unsaved at its end.
    void savedWhileItGoesOn()
    {
        QVERIFY(m_steps->openPictures());
        QSignalSpy saved(&m_steps->work(), &SessionWork::saved);
        connect(m_page->results()->rows(), &QAbstractItemModel::rowsInserted, m_page, [this] {
            if (findings().size() == 2)
                m_steps->work().save(m_steps->file());
        });
        QVERIFY(run());
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, patience);
        QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
        const json kept = json::parse(readSession(m_steps->file()).findings.experiment);
        QCOMPARE(kept["results"]["findings"].size(), std::size_t{2});
        QTRY_VERIFY(m_steps->work().isUnsaved());
        QVERIFY(openInstead());
        QVERIFY2(m_page->note().contains("2 of 4 pictures, stopped"), qPrintable(m_page->note()));
    }

    /// The session that comes takes its place: nothing of the run arrives in it.
    void openedWhileAnotherGoesOn()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        QVERIFY(m_steps->save());
        const std::string table = m_study->table();
        m_page->form()->findChild<QSpinBox*>(QString(), Qt::FindDirectChildrenOnly)->setValue(20);
        button(*m_page, "Start")->click();
        QVERIFY(m_study->isRunning());
        QVERIFY(openInstead());
        QVERIFY(!m_study->isRunning());
        QVERIFY(m_fixture->settle());
        QVERIFY(m_fixture->finishPredictions());
        QCOMPARE(QString::fromStdString(m_study->table()), QString::fromStdString(table));
        QVERIFY(button(*m_page, "Start")->isEnabled());
    }

    void aMovedSessionFindsItsPictures()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        QVERIFY(m_steps->save());
        Session session = readSession(m_steps->file());
        json experiment = json::parse(session.findings.experiment);
        for (json& finding : experiment["results"]["findings"])
            finding["path"] = "/elsewhere" + finding["path"].get<std::string>();
        session.findings.experiment = experiment.dump();
        writeSession(m_steps->file("moved.ocellus"), session);
        QVERIFY(m_steps->open("moved.ocellus"));
        QCOMPARE(findings().size(), std::size_t{WindowFixture::Pictures});
        QCOMPARE(findings()[2].path, toPath(m_fixture->picture(2)));
    }

    void controlsComeBackWithWhatTheyAreOf()
    {
        QVERIFY(m_steps->openPictures());
        m_steps->edit();
        QVERIFY(drawControls());
        const ControlResult before = m_controls->result();
        QVERIFY(m_steps->save());
        QVERIFY(!m_steps->work().isUnsaved());
        init();
        QVERIFY(m_steps->open());
        const ControlResult& after = m_controls->result();
        QCOMPARE(after.controls.size(), before.controls.size());
        for (std::size_t i = 0; i < before.controls.size(); ++i) {
            QCOMPARE(after.controls[i].change, before.controls[i].change);
            QCOMPARE(after.controls[i].thumbnail.size(), before.controls[i].thumbnail.size());
        }
        QCOMPARE(QString::fromStdString(csvOf(after)), QString::fromStdString(csvOf(before)));
        QCOMPARE(m_controls->count(), 2);
        QCOMPARE(m_controls->placeText(), QString("anywhere"));
        // Of the picture, the edits and the model that have come by now.
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->answer().result().decoding && !m_fixture->answer().isStale(), patience);
        QTRY_COMPARE(m_controls->outOfDate(), QString());
        QVERIFY(!m_steps->work().isUnsaved());
        m_fixture->document().editor().undo();
        m_steps->edit(30);
        QTRY_VERIFY2(m_controls->outOfDate().contains("edits"), qPrintable(m_controls->outOfDate()));
    }

    void controlsOfAnotherInputSaySo()
    {
        QVERIFY(m_steps->openPictures());
        m_steps->edit();
        QVERIFY(drawControls());
        QVERIFY(m_steps->save());
        Session session = readSession(m_steps->file());
        json controls = json::parse(session.findings.controls);
        controls["results"]["key"]["limit"] = {{"mode", "drop"}, {"active", {0, 1}}};
        session.findings.controls = controls.dump();
        writeSession(m_steps->file("limited.ocellus"), session);
        QVERIFY(m_steps->open("limited.ocellus"));
        QTRY_VERIFY2(m_controls->outOfDate().contains("limit"), qPrintable(m_controls->outOfDate()));
        QVERIFY(!m_controls->result().isEmpty());
    }

    /// The journal has them as soon as they are found.
    void aLostRunIsFoundAgain()
    {
        QVERIFY(m_steps->openPictures());
        QVERIFY(run());
        const std::string table = m_study->table();
        m_fixture->makeWindow(); // the window before ends without a question, as when it is killed
        m_study = m_fixture->window().findChild<ExperimentStudy*>();
        LostWorkDialog* lost = nullptr;
        QTRY_VERIFY((lost = m_fixture->window().findChild<LostWorkDialog*>()));
        QVERIFY(SessionSteps::press(lost, "Restore"));
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(m_study->table()), QString::fromStdString(table), patience);
        QVERIFY(m_steps->work().isUnsaved());
    }

private:
    static QPushButton* button(const QWidget& page, const QString& text)
    {
        for (auto* found : page.findChildren<QPushButton*>())
            if (found->text().remove('&') == text)
                return found;
        return nullptr;
    }

    bool run()
    {
        m_fixture->window().centre().showPage(m_page);
        QPushButton* start = button(*m_page, "Start");
        if (!QTest::qWaitFor([start] { return start->isEnabled(); }, patience))
            return false;
        start->click();
        return m_study->isRunning() && QTest::qWaitFor([this] { return !m_study->isRunning(); }, patience);
    }

    /// In the place of work that is not saved: what is to become of that is asked first.
    bool openInstead()
    {
        QSignalSpy opened(&m_steps->work(), &SessionWork::opened);
        m_steps->sessions().open(m_steps->file());
        return QTest::qWaitFor([this] { return m_steps->question() != nullptr; }, patience) &&
               SessionSteps::press(m_steps->question(), "Discard") &&
               QTest::qWaitFor([&opened] { return opened.count() == 1; }, patience);
    }

    bool drawControls()
    {
        m_controls->setChoices({2, "anywhere", ControlMeasure::Logit});
        QPushButton* start = button(*m_controls, "Draw controls");
        if (!QTest::qWaitFor([&] { return start->isEnabled() && !m_fixture->answer().isStale(); }, patience))
            return false;
        start->click();
        return QTest::qWaitFor([this] { return !m_controls->result().isEmpty(); }, patience);
    }

    const std::vector<ExperimentFinding>& findings() const { return m_page->results()->rows()->findings(); }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<SessionSteps> m_steps;
    ExperimentPage* m_page = nullptr;
    ExperimentStudy* m_study = nullptr;
    ControlsPanel* m_controls = nullptr;
};

QTEST_MAIN(TestKeptFindings)
#include "test_kept_findings.moc"
