// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/window/window_fixture.h"

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QImage>
#include <QTest>

#include "tests/support/formula_checkpoint.h"
#include "ui/engine/paths.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/central_view.h"
#include "ui/window/session_commands.h"

namespace ocellus {

namespace {

constexpr int PatienceMs = 60'000;

QImage testPicture(int index)
{
    QImage image(96 + 8 * index, 64, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb((x * 7 + index * 40) % 256, (y * 5) % 256, (x * y + index) % 256));
    return image;
}

} // namespace

WindowFixture::WindowFixture()
{
    if (!m_folder.isValid() || !QDir(m_folder.path()).mkdir("pictures"))
        qFatal("no temporary folder");
    writeFormulaCheckpoint(toPath(checkpoint()), smallConfig(Classes));
    writeFormulaCheckpoint(toPath(otherCheckpoint()), smallConfig(OtherClasses));
    for (int i = 0; i < Pictures; ++i)
        if (!testPicture(i).save(picture(i)))
            qFatal("cannot write a picture");
    restart();
}

void WindowFixture::restart()
{
    m_window.reset();
    m_settings = std::make_unique<Settings>(path("settings" + QString::number(m_starts++) + ".ini"));
    m_settings->setValue(Setting::ShortSide, 64);
    m_settings->setValue(Setting::LongSide, 128);
    answers.clear();
    asked.clear();
    makeWindow();
}

void WindowFixture::makeWindow()
{
    m_window.reset();
    // As the real dialogs: later, or never where the user gives up.
    const AskForFiles ask = [this](QWidget* parent, const FileQuestion& question, const auto& answer) {
        asked << question.title;
        if (question.kind == FileQuestion::Kind::Save)
            proposed << question.proposedName;
        if (!answers.isEmpty())
            QMetaObject::invokeMethod(
                parent, [answer, paths = answers] { answer(paths); }, Qt::QueuedConnection);
    };
    m_window = std::make_unique<MainWindow>(*m_settings, ask, sample.isEmpty() ? installedSample() : toPath(sample));
    m_window->centre().messages()->setPassing(false); // a slow machine's test asks later than a user reads
    m_window->show();
}

bool WindowFixture::openAll()
{
    std::vector<std::filesystem::path> files{toPath(checkpoint())};
    for (int i = 0; i < Pictures; ++i)
        files.push_back(toPath(picture(i)));
    m_window->open(files);
    // The window shows a view at the next turn of the event loop.
    return QTest::qWaitFor(
        [this] {
            return answer().result().decoding && !answer().isBusy() &&
                   !m_window->view().transform().picture().isEmpty();
        },
        PatienceMs);
}

bool WindowFixture::settle()
{
    return QTest::qWaitFor([this] { return !answer().isBusy(); }, PatienceMs);
}

bool WindowFixture::finishPredictions()
{
    return QTest::qWaitFor(
        [this] {
            const PictureListModel& pictures = document().pictures();
            for (int row = 0; row < pictures.rowCount(); ++row)
                if (pictures.state(row) == PictureListModel::State::Waiting)
                    return false;
            return true;
        },
        PatienceMs);
}

QString WindowFixture::contradiction()
{
    const ViewResult& result = answer().result();
    const ViewKey wanted = answer().wantedKey();
    const Session session = m_window->sessions().work().session();
    for (const StoredResult& stored : session.results) {
        const auto picture = static_cast<std::size_t>(stored.picture);
        if (stored.edits != contentKey(session.pictures.at(picture).edits.edits))
            return QStringLiteral("a stored result is of other edits than the picture's");
    }
    if (!result.decoding)
        return {};
    const ViewKey& key = result.key;
    if (key.model != document().model()->sha256 || key.picture != result.shown.content ||
        key.edits != contentKey(result.shown.edits) || key.limit != result.decoding->querySet() ||
        key.intervention != result.decoding->intervention())
        return QStringLiteral("the key is not of what it lies beside");
    const Explanation shown = answer().explanation();
    if (shown.stale != (key != wanted) || shown.decoding != result.decoding)
        return QStringLiteral("stale or not, against the keys");
    if (shown.edits.isEmpty() != result.shown.edits.empty() || shown.intervention.isEmpty() != key.intervention.empty())
        return QStringLiteral("words that are not the key's");
    if (shown.stale || result.isDraft || !key.intervention.empty())
        return {};
    const bool isStored = std::ranges::any_of(session.results, [&](const StoredResult& stored) {
        return stored.picture == document().currentPicture() && stored.edits == key.edits && stored.set == key.limit &&
               stored.logits == result.decoding->logits();
    });
    return isStored ? QString() : QStringLiteral("what is shown is not what would be saved");
}

QString WindowFixture::message() const
{
    const MessageBar* bar = m_window->centre().messages();
    return bar->isVisible() ? bar->text() : QString();
}

QString WindowFixture::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write a test file");
    return file.fileName();
}

} // namespace ocellus
