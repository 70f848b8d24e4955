// SPDX-License-Identifier: GPL-3.0-or-later
// Edits in the real window, as fast as it can; tests/scripts/kill_editing.py kills it.
//     window_editing FOLDER SEED STEPS [large]
// makes a model and pictures in the folder, or goes on with the work that a killed one left there: unsaved work is
// restored by the window's own dialog, else the session file is opened. Now and then it saves, or closes the window and
// opens the file in a new one. On stdout, a line each, with a hash of all edits and notes: "file HASH" of the session
// file, "recovered HASH" (or "opened HASH", or "new HASH"), then "next HASH" before a change and "done HASH" when it is
// in the journal, "saving HASH" and "saved HASH"; and "phase NAME" where another one begins. With `large` the model and
// the pictures are such that all caches are soon full, and the lines are "memory KILOBYTES STEP" and what was computed
// up to then.
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>

#include <malloc.h>
#include <unistd.h>

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include "app/start/large_buffers.h"
#include "core/edit/edit_json.h"
#include "core/session/record_text.h"
#include "core/session/session_reader.h"
#include "tests/support/formula_checkpoint.h"
#include "tests/window/random_editing.h"
#include "ui/engine/paths.h"
#include "ui/main_window.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/window/session_commands.h"

namespace {

using namespace ocellus;
namespace fs = std::filesystem;

constexpr int PatienceMs = 120'000;

/// What is edited.
struct Scene {
    int pictures = 3;
    Size picture{320, 240};
    ModelConfig config = smallConfig(5);
    int inputSide = 64;
};

/// A picture takes 22 MB and edited 15 MB, an encoding 2.6 MB, a decoding 4 MB.
Scene largeScene()
{
    Scene scene{14, {2048, 1536}, smallConfig(50), 448};
    scene.config.hiddenDim = 256;
    scene.config.heads = 8;
    scene.config.encoderLayers = 1;
    scene.config.decoderLayers = 6;
    scene.config.feedForward = 256;
    return scene;
}

template <class Condition>
void waitFor(const char* what, Condition&& condition)
{
    if (!QTest::qWaitFor(condition, PatienceMs))
        throw std::runtime_error(std::string("waited in vain for ") + what);
}

/// In one piece, so that it is there as soon as it was written.
void say(const std::string& line)
{
    const std::string text = line + '\n';
    if (write(STDOUT_FILENO, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error("cannot write to stdout");
}

QImage picture(Size size, int index)
{
    QImage image(size.width, size.height, QImage::Format_RGB32);
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
            image.setPixel(x, y, qRgb((x / 3 + index * 40) % 256, (y / 2) % 256, (x * y / 64 + index) % 256));
    return image;
}

/// The window, what it works on, and the work that it finds.
class Editing {
public:
    Editing(const fs::path& folder, std::uint64_t seed, const Scene& scene)
        : m_folder(folder),
          m_settings(toQString(folder / "settings.ini")),
          m_editing(seed)
    {
        makeFiles(scene);
        m_settings.setValue(Setting::TourAnswered, true);
        m_settings.setValue(Setting::FixedSide, scene.inputSide);
        makeWindow();
    }

    void change(bool saying)
    {
        RandomStream& random = m_editing.random();
        const double choice = random.uniform();
        if (choice < 0.05)
            changeView();
        else if (choice < 0.08)
            writeNote(saying);
        else if (choice < 0.14)
            save(saying);
        else if (choice < 0.17 && saying)
            closeAndOpen();
        else
            edit(saying);
        if (saying)
            sayDone();
        if (random.chance(0.1))
            waitFor("the answer", [this] { return !answer().isStale() || !m_failure.empty(); });
        QCoreApplication::processEvents();
        if (!m_failure.empty())
            throw std::runtime_error(m_failure);
    }

    void sayMemory(int step)
    {
        std::size_t whole = 0, resident = 0;
        std::ifstream("/proc/self/statm") >> whole >> resident;
        const auto megabytes = [](std::size_t bytes) { return std::to_string(bytes >> 20) + " MB"; };
        const struct mallinfo2 used = mallinfo2();
        const EngineCounters counters = answer().result().counters;
        say("memory " + std::to_string(resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024) + ' ' +
            std::to_string(step) + ", allocated " + megabytes(used.uordblks + used.hblkhd) + ", " +
            std::to_string(counters.encodes) + " encodings of " + megabytes(answer().result().encoding->bytes()) +
            ", " + std::to_string(counters.decodes) + " decodings of " +
            megabytes(answer().result().decoding->bytes()));
    }

private:
    void makeWindow()
    {
        say("phase opening");
        const bool isLost = hasLostWork();
        const AskForFiles ask = [this](QWidget* parent, const FileQuestion&, const auto& answer) {
            QMetaObject::invokeMethod(
                parent, [this, answer] { answer({toQString(sessionFile())}); }, Qt::QueuedConnection);
        };
        m_window = std::make_unique<MainWindow>(m_settings, ask);
        const auto fail = [this](const Failure& failure) { m_failure = failure.detail.toStdString(); };
        QObject::connect(&document(), &Document::failed, m_window.get(), fail);
        QObject::connect(&answer(), &LiveAnswer::failed, m_window.get(), fail);
        QObject::connect(&m_window->sessions(), &SessionCommands::failed, m_window.get(), fail);
        m_window->show();
        begin(isLost);
        if (document().currentPicture() < 0) // the kill came before the choice of a picture was recorded
            document().setCurrentPicture(0);
        waitFor("the picture", [this] { return editor().isReady(); });
        say("phase editing");
    }

    fs::path checkpoint() const { return m_folder / "model.safetensors"; }
    fs::path sessionFile() const { return m_folder / "work.ocellus"; }
    Document& document() { return m_window->document(); }
    LiveAnswer& answer() { return m_window->answer(); }
    PictureEditor& editor() { return document().editor(); }
    SessionWork& work() { return m_window->sessions().work(); }

    /// The checkpoint last: where it is, all is there.
    void makeFiles(const Scene& scene)
    {
        const fs::path pictures = m_folder / "pictures";
        fs::create_directories(pictures);
        for (int i = 0; i < scene.pictures; ++i) {
            m_pictures.push_back(pictures / (std::to_string(i) + ".png"));
            if (!fs::exists(checkpoint()) && !picture(scene.picture, i).save(toQString(m_pictures.back())))
                throw std::runtime_error("cannot write a picture");
        }
        if (!fs::exists(checkpoint()))
            writeFormulaCheckpoint(checkpoint(), scene.config);
    }

    /// Whether the window must offer some.
    bool hasLostWork() const
    {
        const std::vector<LostWork> found = findLostWork(toPath(m_settings.recoveryFolder()));
        return std::ranges::any_of(found, [](const LostWork& work) {
            const Session& session = work.content().session;
            return !session.notes.empty() || !work.content().sessionFile.empty() ||
                   std::ranges::any_of(session.pictures,
                                       [](const SessionPicture& known) { return known.edits != PictureEdits(); });
        });
    }

    void begin(bool isLost)
    {
        QSignalSpy opened(&work(), &SessionWork::opened);
        const bool isSaved = fs::exists(sessionFile());
        if (isSaved)
            sayFile();
        if (isLost) {
            restore();
        } else if (isSaved) {
            m_window->sessions().open(sessionFile());
        } else {
            std::vector<fs::path> files{checkpoint()};
            files.insert(files.end(), m_pictures.begin(), m_pictures.end());
            m_window->open(files);
            waitFor("the first view", [this] { return answer().result().decoding && !answer().isStale(); });
        }
        if (isLost || isSaved)
            waitFor("the session", [&] { return !opened.empty() || !m_failure.empty(); });
        if (!m_failure.empty())
            throw std::runtime_error(m_failure);
        sayState(isLost ? "recovered" : isSaved ? "opened" : "new");
    }

    /// The newest; older ones are the same work, from a kill while it was being restored.
    void restore()
    {
        LostWorkDialog* dialog = nullptr;
        waitFor("the offer of lost work", [&] { return (dialog = m_window->findChild<LostWorkDialog*>()); });
        auto* list = dialog->findChild<QTreeWidget*>();
        while (list->topLevelItemCount() > 1) {
            list->setCurrentItem(list->topLevelItem(1));
            press(*dialog, QStringLiteral("Discard"));
        }
        list->setCurrentItem(list->topLevelItem(0));
        press(*dialog, QStringLiteral("Restore"));
    }

    void save(bool saying)
    {
        say("phase saving");
        if (saying)
            sayState("saving");
        QSignalSpy saved(&work(), &SessionWork::saved);
        m_window->actions().at(Command::SaveSession)->trigger();
        waitFor("saving", [&] { return !saved.empty() || !m_failure.empty(); });
        if (saying)
            sayState("saved");
        say("phase editing");
    }

    void closeAndOpen()
    {
        say("phase closing");
        sayState("saving");
        if (!m_window->close()) {
            QMessageBox* question = nullptr;
            waitFor("the question", [&] { return (question = m_window->findChild<QMessageBox*>()); });
            question->button(QMessageBox::Save)->click();
            waitFor("closing", [this] { return !m_window->isVisible() || !m_failure.empty(); });
            sayState("saved");
        }
        m_window.reset();
        makeWindow();
    }

    /// Of the session file, which must always be readable.
    void sayFile()
    {
        const Session session = readSession(sessionFile());
        std::map<fs::path, PictureEdits> edits;
        for (const SessionPicture& picture : session.pictures)
            edits.emplace(picture.file.path, picture.edits);
        say("file " + hash(edits, session.notes));
    }

    static void press(const QWidget& dialog, const QString& text)
    {
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->text().remove('&') == text)
                return button->click();
        throw std::runtime_error("the dialog has no such button");
    }

    void changeView()
    {
        RandomStream& random = m_editing.random();
        switch (random.below(4)) {
        case 0: document().setCurrentPicture(random.below(static_cast<int>(m_pictures.size()))); break;
        case 1: document().setHead(random.below(document().headCount())); break;
        case 2: document().setCurrentClass(random.below(document().classCount())); break;
        default:
            document().setLimit({random.chance(0.5) ? LimitChoice::Kind::All : LimitChoice::Kind::Zero,
                                 {0, 1 + random.below(document().classCount() - 1)}});
        }
        waitFor("the picture", [this] { return editor().isReady() || !m_failure.empty(); });
    }

    void writeNote(bool saying)
    {
        RandomStream& random = m_editing.random();
        const int classIndex = random.below(document().classCount()), head = random.below(document().headCount());
        const QString text = QStringLiteral("note %1").arg(random.below(1'000));
        if (saying) {
            HeadNotes plan;
            plan.setModel(document().model()->sha256);
            plan.setAll(document().headNotes().all());
            plan.write(classIndex, head, text);
            say("next " + hash({}, plan.all()));
        }
        document().headNotes().write(classIndex, head, text);
    }

    void edit(bool saying)
    {
        if (saying)
            sayPlan();
        m_editing.step(editor());
    }

    /// Does the next step in an editor that nobody sees, and tells every state that it passes.
    void sayPlan()
    {
        PictureEditor plan;
        const auto sayPlanned = [&] {
            say("next " + hash({{plan.picture(), plan.state()}}, document().headNotes().all()));
        };
        plan.setPicture(editor().picture());
        plan.setOriginalSize(editor().originalSize());
        plan.setHistory(editor().picture(), editor().history());
        plan.selectEdit(editor().selectedEdit());
        QObject::connect(&plan, &PictureEditor::performed, &plan, sayPlanned);
        QObject::connect(&plan, &PictureEditor::undone, &plan, sayPlanned);
        QObject::connect(&plan, &PictureEditor::redone, &plan, sayPlanned);
        QObject::connect(&plan, &PictureEditor::wentTo, &plan, sayPlanned);
        RandomEditing(m_editing).step(plan);
    }

    /// What is done is what is in the journal.
    void sayDone()
    {
        std::promise<void> written;
        work().whenJournalled([&written] { written.set_value(); });
        written.get_future().wait();
        sayState("done");
    }

    void sayState(const std::string& word) { say(word + ' ' + hash({}, document().headNotes().all())); }

    /// `planned` instead of what the editor says of these pictures.
    std::string hash(const std::map<fs::path, PictureEdits>& planned, const std::vector<HeadNote>& notes)
    {
        nlohmann::json state = nlohmann::json::array();
        for (const fs::path& path : m_pictures) {
            const auto found = planned.find(path);
            state.push_back(jsonOf(found == planned.end() ? editor().historyOf(path).state() : found->second));
        }
        for (const HeadNote& note : notes)
            state.push_back({note.modelSha256, note.classIndex, note.head, note.text});
        return sha256(recordText(state));
    }

    fs::path m_folder;
    std::vector<fs::path> m_pictures;
    Settings m_settings;
    std::unique_ptr<MainWindow> m_window;
    RandomEditing m_editing;
    std::string m_failure;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4 && argc != 5) {
        std::cerr << "usage: window_editing FOLDER SEED STEPS [large]\n";
        return 2;
    }
    qputenv("QT_QPA_PLATFORM", "offscreen");
    keepLargeBuffers();
    const QApplication application(argc, argv);
    try {
        constexpr int stepsBetween = 250;
        const bool isLarge = argc == 5;
        Editing editing(fs::absolute(argv[1]), std::stoull(argv[2]), isLarge ? largeScene() : Scene());
        for (int step = 1; step <= std::stoi(argv[3]); ++step) {
            editing.change(!isLarge);
            if (isLarge && step % stepsBetween == 0)
                editing.sayMemory(step);
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
