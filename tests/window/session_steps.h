// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <future>

#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/edit/mask_shapes.h"
#include "core/session/journal_replay.h"
#include "core/session/record_file.h"
#include "core/session/session_reader.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"
#include "ui/window/session_commands.h"

namespace ocellus {

/// What tests of sessions do in the window again and again.
class SessionSteps {
public:
    explicit SessionSteps(WindowFixture& fixture) : m_fixture(fixture) {}

    SessionCommands& sessions() const { return m_fixture.window().sessions(); }
    SessionWork& work() const { return sessions().work(); }
    QMessageBox* question() const { return m_fixture.window().findChild<QMessageBox*>(); }
    std::filesystem::path file(const QString& name = QStringLiteral("work.ocellus")) const
    {
        return toPath(m_fixture.path(name));
    }
    int journals() const { return count(m_fixture.settings().recoveryFolder()); }
    int discardedJournals() const { return count(m_fixture.settings().recoveryFolder() + "-discarded"); }

    /// What the window's own journal tells.
    ReplayedJournal journal() const
    {
        std::promise<void> written;
        work().whenJournalled([&written] { written.set_value(); });
        written.get_future().wait();
        const QDir folder(m_fixture.settings().recoveryFolder());
        const QStringList names = folder.entryList({QStringLiteral("*.journal")}, QDir::Files, QDir::Time);
        return replayJournal(RecordFile::open(toPath(folder.filePath(names.value(0)))));
    }

    bool openPictures() const
    {
        return m_fixture.openAll() &&
               QTest::qWaitFor([this] { return m_fixture.document().editor().isReady(); }, Patience);
    }

    void edit(int left = 5) const
    {
        PictureEditor& editor = m_fixture.document().editor();
        editor.addEdit(
            {"Fill", rectangleMask(editor.pictureSize(), {double(left), 4, 20, 20}), MeanFill{MeanFill::Of::Picture}});
    }

    bool save(const QString& name = QStringLiteral("work.ocellus")) const
    {
        QSignalSpy saved(&work(), &SessionWork::saved);
        m_fixture.answers = {m_fixture.path(name)};
        m_fixture.action(Command::SaveSessionAs)->trigger();
        return QTest::qWaitFor([&saved] { return saved.count() == 1; }, Patience);
    }

    bool open(const QString& name = QStringLiteral("work.ocellus")) const
    {
        QSignalSpy opened(&work(), &SessionWork::opened);
        sessions().open(file(name));
        return QTest::qWaitFor([&opened] { return opened.count() == 1; }, Patience);
    }

    /// False where there is no such button.
    static bool press(QWidget* dialog, const QString& word)
    {
        if (dialog)
            for (QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->text().remove('&').startsWith(word)) {
                    button->click();
                    return true;
                }
        return false;
    }

private:
    static constexpr int Patience = 60'000;

    static int count(const QString& folder)
    {
        return static_cast<int>(QDir(folder).entryList({QStringLiteral("*.journal")}, QDir::Files).size());
    }

    WindowFixture& m_fixture;
};

} // namespace ocellus
