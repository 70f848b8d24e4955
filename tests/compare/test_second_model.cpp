// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "ui/compare/second_model.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"

using namespace ocellus;

namespace {

constexpr int Patience = 60'000;

} // namespace

/// A model beside the open one: its memory is there as long as somebody wants it.
class TestSecondModel : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const char* name : {"first", "second", "third"})
            writeFormulaCheckpoint(path(name), smallConfig(5));
        QFile broken(toQString(path("broken")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("no model") > 0);
    }

    void init()
    {
        m_controller = std::make_unique<EngineController>();
        m_second = std::make_unique<SecondModel>(*m_controller);
        m_controller->request(request());
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
    }

    void cleanup()
    {
        m_second.reset();
        m_controller.reset();
    }

    void whatCannotBeReadLeavesNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("no such file") << "nowhere";
        QTest::newRow("no model") << "broken";
    }

    void whatCannotBeReadLeavesNothing()
    {
        QFETCH(const QString, name);
        open("second");
        QSignalSpy failed(m_second.get(), &SecondModel::failed);
        m_second->open(path(qPrintable(name)), request());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_second->isOnItsWay(), Patience);
        QVERIFY(!m_second->model());
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
    }

    void aClosedOneGivesItsMemoryBack()
    {
        open("second");
        QCOMPARE(openModels(), 2);
        m_second->close();
        QVERIFY(!m_second->model());
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
    }

    void closedWhileItIsRead()
    {
        m_second->open(path("second"), request());
        m_second->close();
        QVERIFY(!m_second->isOnItsWay());
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
        QVERIFY(!m_second->model());
    }

    /// Another model of the window drops all that waits.
    void whatIsClearedIsClosedAllTheSame()
    {
        open("second");
        m_second->close();
        m_controller->clearBackground();
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
        m_second->open(path("third"), request());
        m_controller->clearBackground();
        QVERIFY(!m_second->isOnItsWay());
        QTRY_COMPARE_WITH_TIMEOUT(openModels(), 1, Patience);
    }

    void anotherOneComesInItsPlace()
    {
        open("second");
        m_second->close();
        open("third");
        QCOMPARE(openModels(), 2);
        open("second");
        QCOMPARE(openModels(), 2);
        QCOMPARE(m_second->model()->path, path("second"));
    }

private:
    std::filesystem::path path(const char* name) const
    {
        return toPath(m_folder.filePath(QLatin1String(name) + QStringLiteral(".safetensors")));
    }

    ViewRequest request() const
    {
        ViewRequest request;
        request.engine.device = "cpu";
        request.checkpoint = path("first");
        return request;
    }

    void open(const char* name)
    {
        m_second->open(path(name), request());
        QTRY_VERIFY_WITH_TIMEOUT(m_second->model(), Patience);
    }

    /// Behind all that waits. -1 where the worker does not answer.
    int openModels()
    {
        std::optional<int> models;
        m_controller->runInBackground(
            [&models](EngineWorker& worker, const Progress&) -> std::function<void()> {
                return [&models, open = worker.openModels()] { models = open; };
            },
            [](const Failure&) {});
        return QTest::qWaitFor([&models] { return models.has_value(); }, Patience) ? *models : -1;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<EngineController> m_controller;
    std::unique_ptr<SecondModel> m_second;
};

QTEST_GUILESS_MAIN(TestSecondModel)
#include "test_second_model.moc"
