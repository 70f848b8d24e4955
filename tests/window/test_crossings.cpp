// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "core/edit/edit_json.h"
#include "core/edit/mask_shapes.h"
#include "core/session/journal_replay.h"
#include "core/session/record_file.h"
#include "core/session/session_reader.h"
#include "tests/support/npz_reader.h"
#include "tests/window/window_fixture.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/figure_text.h"
#include "ui/models/intervention_text.h"
#include "ui/session/lost_work_dialog.h"
#include "ui/session/session_work.h"
#include "ui/window/session_commands.h"

#include <nlohmann/json.hpp>

using namespace ocellus;

namespace {

/// What the numbers of a view depend on, and can be changed.
enum class Change { Edit, Intervention, InputSize, Model, Limit, Picture, Precision };
/// What can happen between the change and the model's answer.
enum class Event { Answered, Cancelled, Failed, Overtaken, Saved, Closed, Killed };

const std::array changes{std::pair{Change::Edit, "edit"},
                         std::pair{Change::Intervention, "intervention"},
                         std::pair{Change::InputSize, "input size"},
                         std::pair{Change::Model, "model"},
                         std::pair{Change::Limit, "limit"},
                         std::pair{Change::Picture, "picture"},
                         std::pair{Change::Precision, "precision"}};
const std::array events{std::pair{Event::Answered, "answered"},     std::pair{Event::Cancelled, "cancelled"},
                        std::pair{Event::Failed, "failed"},         std::pair{Event::Overtaken, "overtaken"},
                        std::pair{Event::Saved, "saved meanwhile"}, std::pair{Event::Closed, "closed meanwhile"},
                        std::pair{Event::Killed, "killed"}};

constexpr double Tolerance = 2e-4;
constexpr int Patience = 60'000;

/// Numbers, and what stands beside them.
struct Statement {
    std::vector<double> logits;
    QString picture, model, limit, edits, intervention;
    bool outOfDate = false;
};

/// What numbers are of, and the numbers as an engine of the test's own gives them.
struct Known {
    ViewRequest request;
    Statement statement;
};

bool equal(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < Tolerance; });
}

std::vector<double> doubles(const std::vector<float>& values)
{
    return {values.begin(), values.end()};
}

QString text(const QString& value)
{
    return value.isEmpty() ? QStringLiteral("nothing") : value;
}

} // namespace

/// Crosses what can be changed with what can happen before the answer, and compares all that is shown, exported and
/// stored with what an engine of its own says of the state that stands beside the numbers.
class TestCrossings : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void everythingSaysWhatItIsOf_data();
    void everythingSaysWhatItIsOf();

private:
    Document& document() { return m_fixture->document(); }
    LiveAnswer& answer() { return m_fixture->answer(); }
    SessionCommands& sessions() { return m_fixture->window().sessions(); }
    Mask square(double left) { return rectangleMask({96, 64}, {left, 4, 24, 20}); }

    bool begin(Change change);
    void apply(Change change);
    void applyWrongly(Change change);
    void happen(Change change, Event event);
    bool answered();
    bool idle();

    ViewRequest wanted();
    std::optional<Known> known(const ViewRequest& request);
    void check();
    void compare(const QString& where, const Statement& got);
    void checkScreen();
    void checkTable();
    void checkArrays();
    void checkSession(const QString& file);
    void checkJournal();
    QString exported(Command command, const QString& name);
    QString saved(const QString& name);
    void putPictureBack();
    void complain(const QString& where, const QString& what) { m_complaints << where + ": " + what; }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<EngineWorker> m_oracle;
    QByteArray m_picture;
    std::vector<Known> m_known; // what numbers can be of
    ViewRequest m_before;
    QStringList m_complaints;
};

void TestCrossings::initTestCase()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_oracle = std::make_unique<EngineWorker>(1e9);
    QFile file(m_fixture->picture(0));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_picture = file.readAll();
}

void TestCrossings::init()
{
    m_fixture->restart();
    m_complaints.clear();
}

void TestCrossings::cleanup()
{
    sessions().work().finish(); // else the next window finds lost work
    putPictureBack();
}

/// The window watches the file: it is written where it has changed alone.
void TestCrossings::putPictureBack()
{
    QFile file(m_fixture->picture(0));
    if (!file.open(QIODevice::ReadOnly) || file.readAll() != m_picture)
        m_fixture->write("pictures/picture0.png", m_picture);
}

void TestCrossings::everythingSaysWhatItIsOf_data()
{
    QTest::addColumn<int>("change");
    QTest::addColumn<int>("event");
    for (const auto& [change, what] : changes)
        for (const auto& [event, how] : events)
            QTest::addRow("%s, %s", what, how) << static_cast<int>(change) << static_cast<int>(event);
}

void TestCrossings::everythingSaysWhatItIsOf()
{
    QFETCH(const int, change);
    QFETCH(const int, event);
    QVERIFY(begin(static_cast<Change>(change)));
    happen(static_cast<Change>(change), static_cast<Event>(event));
    if (m_fixture->window().isVisible())
        check();
    QVERIFY2(m_complaints.isEmpty(), qPrintable('\n' + m_complaints.join('\n')));
}

/// An edited picture, and a cell taken from its attention.
bool TestCrossings::begin(Change change)
{
    if (!m_fixture->openAll() || !m_fixture->finishPredictions() ||
        !QTest::qWaitFor([this] { return document().editor().isReady(); }, Patience))
        return false;
    document().editor().addEdit({"First", square(2), MeanFill{MeanFill::Of::Picture}});
    if (!answered() || !answer().result().isEdited())
        return false;
    if (change != Change::Intervention)
        apply(Change::Intervention);
    if (!answered())
        return false;
    m_before = wanted();
    return true;
}

bool TestCrossings::answered()
{
    return QTest::qWaitFor([this] { return !answer().isStale(); }, Patience) && idle();
}

bool TestCrossings::idle()
{
    return QTest::qWaitFor([this] { return !answer().isBusy(); }, Patience);
}

void TestCrossings::apply(Change change)
{
    AttentionIntervention intervention;
    const auto setGrid = [](auto& of, const Decoding& decoding) {
        if constexpr (requires { of.rows; }) {
            of.rows = decoding.extent().rows;
            of.columns = decoding.extent().columns;
        }
    };
    switch (change) {
    case Change::Edit: document().editor().addEdit({"Second", square(50), MeanFill{MeanFill::Of::Picture}}); break;
    case Change::Intervention:
        intervention.classIndex = document().currentClass();
        intervention.cells = {{0, {5}}};
        setGrid(intervention, *answer().result().decoding);
        document().setIntervention(intervention);
        break;
    case Change::InputSize: m_fixture->settings().setValue(Setting::ShortSide, 40); break;
    case Change::Model: document().openCheckpoint(toPath(m_fixture->otherCheckpoint())); break;
    case Change::Limit: document().setLimit({LimitChoice::Kind::Drop, {3, 1}}); break;
    case Change::Picture: document().setCurrentPicture(2); break;
    case Change::Precision: m_fixture->settings().setValue(Setting::Half, true); break;
    }
}

/// A change of the same kind that cannot be done.
void TestCrossings::applyWrongly(Change change)
{
    switch (change) {
    case Change::Edit:
        document().editor().perform({"Wrong", {InsertEdit{0, {"Wrong", Mask::whole({3, 3}), MeanFill{}}}}});
        break;
    case Change::Intervention: document().setIntervention({document().currentClass(), {99}, {}}); break;
    case Change::InputSize:
        m_fixture->write("pictures/picture0.png", "no picture");
        apply(change);
        break;
    case Change::Model: document().openCheckpoint(toPath(m_fixture->picture(1))); break;
    case Change::Limit: document().setLimit({LimitChoice::Kind::Zero, {99}}); break;
    case Change::Picture:
        m_fixture->window().pictures().open({toPath(m_fixture->write("pictures/broken.png", "no picture either"))});
        break;
    case Change::Precision: m_fixture->settings().setValue(Setting::Device, "cuda:99"); break;
    }
}

void TestCrossings::happen(Change change, Event event)
{
    switch (event) {
    case Event::Answered:
        apply(change);
        QVERIFY(answered());
        break;
    case Event::Cancelled: {
        // The picture's request comes before the model's.
        int left = change == Change::Edit ? 2 : 1;
        bool isCancelled = false;
        QObject here;
        const auto cancel = [&] {
            answer().cancel();
            isCancelled = true;
        };
        connect(&m_fixture->window().controller(), &EngineController::requested, &here, [&left, &here, cancel] {
            if (--left == 0)
                QMetaObject::invokeMethod(&here, cancel, Qt::QueuedConnection);
        });
        apply(change);
        QTRY_VERIFY_WITH_TIMEOUT(isCancelled, Patience);
        QVERIFY(idle());
        break;
    }
    case Event::Failed: {
        QSignalSpy failed(&answer(), &LiveAnswer::failed);
        applyWrongly(change);
        QTRY_VERIFY_WITH_TIMEOUT(failed.count() > 0, Patience);
        QVERIFY(idle());
        break;
    }
    case Event::Overtaken:
        apply(change);
        document().setLimit({LimitChoice::Kind::Zero, {2, 0}});
        QVERIFY(answered());
        break;
    case Event::Saved:
        apply(change);
        checkSession(saved("meanwhile.ocellus"));
        QVERIFY(answered());
        break;
    case Event::Closed: {
        apply(change);
        m_fixture->answers = {m_fixture->path("closed.ocellus")};
        m_fixture->window().close();
        QTRY_VERIFY(m_fixture->window().findChild<QMessageBox*>());
        m_fixture->window().findChild<QMessageBox*>()->button(QMessageBox::Save)->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_fixture->window().isVisible(), Patience);
        checkSession(m_fixture->path("closed.ocellus"));
        break;
    }
    case Event::Killed: {
        apply(change);
        QVERIFY(answered());
        checkJournal();
        const ViewRequest wish = wanted();
        m_fixture->makeWindow();
        const auto dialog = [this] { return m_fixture->window().findChild<LostWorkDialog*>(); };
        QTRY_VERIFY(dialog());
        QSignalSpy opened(&sessions().work(), &SessionWork::opened);
        for (QPushButton* button : dialog()->findChildren<QPushButton*>())
            if (button->text().remove('&').startsWith("Restore"))
                button->click();
        QTRY_COMPARE(opened.count(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(answer().result().decoding, Patience);
        QVERIFY(answered());
        m_before = wish;
        if (const ViewRequest now = wanted(); now.edits != wish.edits || now.set != wish.set ||
                                              now.preprocess != wish.preprocess || now.checkpoint != wish.checkpoint ||
                                              now.picture != wish.picture)
            complain("journal", "another state came back");
    }
    }
}

/// All that the window says it is set to.
ViewRequest TestCrossings::wanted()
{
    ViewRequest request = document().request();
    request.intervention = document().intervention();
    return request;
}

std::optional<Known> TestCrossings::known(const ViewRequest& request)
{
    const EngineWorker::Announcements quiet{[](const auto&...) {}, [](const auto&) {}, [](const auto&) {},
                                            [](const auto&) {}};
    try {
        const ViewResult result = m_oracle->view(request, {}, quiet);
        if (!result.decoding)
            return std::nullopt;
        const int classes = result.decoding->extent().classes;
        const QString model =
            toQString(request.checkpoint) == m_fixture->checkpoint() ? "small.safetensors" : "other.safetensors";
        return Known{request,
                     {doubles(result.decoding->logits()), toQString(request.picture.filename()), model,
                      limitText(request.set, classes), request.edits.empty() ? QString() : describe(request.edits),
                      interventionText(request.intervention)}};
    } catch (const Error&) {
        return std::nullopt;
    }
}

void TestCrossings::check()
{
    m_known.clear();
    if (const auto wish = known(wanted()))
        m_known.push_back(*wish);
    const bool wishWorks = !m_known.empty();
    if (const auto before = known(m_before))
        m_known.push_back(*before);
    // Statements are up to date where they are the first's.
    if (!wishWorks)
        m_known.insert(m_known.begin(), Known{});
    checkScreen();
    if (const QString what = m_fixture->contradiction(); !what.isEmpty())
        complain("keys", what);
    if (!answer().explanation().isEmpty() && m_fixture->action(Command::ExportArrays)->isEnabled()) {
        checkTable();
        checkArrays();
    }
    checkSession(saved("after.ocellus"));
    checkJournal();
}

void TestCrossings::compare(const QString& where, const Statement& got)
{
    const auto found =
        std::ranges::find_if(m_known, [&](const Known& known) { return equal(known.statement.logits, got.logits); });
    if (found == m_known.end())
        return complain(where, "numbers of no known state");
    const Statement& expected = found->statement;
    const auto same = [&](const char* what, const QString& said, const QString& really) {
        if (said != really)
            complain(where, QStringLiteral("%1 says %2, numbers of %3").arg(what, text(said), text(really)));
    };
    same("picture", got.picture, expected.picture);
    same("model", got.model, expected.model);
    same("limit", got.limit, expected.limit);
    same("edits", got.edits, expected.edits);
    same("intervention", got.intervention, expected.intervention);
    const bool isWanted = found == m_known.begin();
    if (got.outOfDate == isWanted)
        complain(where, isWanted ? "called out of date, and is not" : "out of date without a word");
}

void TestCrossings::checkScreen()
{
    const Explanation shown = answer().explanation();
    if (shown.isEmpty())
        return;
    compare("screen", {doubles(shown.decoding->logits()), shown.pictureName, shown.modelName, shown.limit, shown.edits,
                       shown.intervention, shown.stale});
    const QString changed = FigureText::changes(shown).join(' ');
    if (!shown.edits.isEmpty() && !changed.contains(shown.edits))
        complain("figure", "edits are missing");
    if (shown.notices.contains("half precision"))
        complain("screen", "half precision on a CPU");
}

QString TestCrossings::exported(Command command, const QString& name)
{
    const QString path = m_fixture->path(name);
    QFile::remove(path);
    m_fixture->answers = {path};
    m_fixture->action(command)->trigger();
    if (!QTest::qWaitFor([&] { return m_fixture->message().contains(path); }, Patience))
        complain(name, "was not written");
    return path;
}

void TestCrossings::checkTable()
{
    QFile file(exported(Command::ExportLogitsCsv, "logits.csv"));
    if (!file.open(QIODevice::ReadOnly))
        return complain("table", "cannot be read");
    QList<QStringList> rows;
    for (QString line; !(line = QString::fromUtf8(file.readLine()).trimmed()).isEmpty();) {
        QStringList fields{QString()};
        bool quoted = false;
        for (const QChar c : line) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                fields << QString();
            else
                fields.back() += c;
        }
        rows << fields;
    }
    const QStringList header = rows.takeFirst();
    std::map<int, double> logitOf;
    for (const QStringList& row : rows)
        logitOf[row.at(header.indexOf("class")).toInt()] = row.at(header.indexOf("logit")).toDouble();
    Statement got;
    for (const int classIndex : answer().result().decoding->classes())
        got.logits.push_back(logitOf[classIndex]);
    const auto field = [&](const char* column) { return rows.first().value(header.indexOf(column)); };
    got.picture = field("picture");
    got.model = field("model");
    got.limit = field("limit");
    got.edits = field("edits");
    got.intervention = field("intervention");
    got.outOfDate = field("notices").contains("out of date");
    compare("table", got);
}

void TestCrossings::checkArrays()
{
    const auto arrays = readNpz(toPath(exported(Command::ExportArrays, "arrays.npz")));
    const auto found = std::ranges::find_if(
        m_known, [&](const Known& known) { return equal(known.statement.logits, arrays.at("logits").values); });
    if (found == m_known.end())
        return complain("arrays", "numbers of no known state");
    const auto json = [&](const char* name) {
        std::string text;
        if (const auto array = arrays.find(name); array != arrays.end())
            for (const double value : array->second.values)
                text += static_cast<char>(value);
        return text.empty() ? nlohmann::json() : nlohmann::json::parse(text);
    };
    const ViewRequest& really = found->request;
    if (json("edits") != (really.edits.empty() ? nlohmann::json() : jsonOf(really.edits)))
        complain("arrays", "other edits than those of the numbers");
    if (json("intervention").is_null() != really.intervention.empty())
        complain("arrays", "another intervention than that of the numbers");
    const Size picture = sizeAfter(pictureSize(really.picture), really.edits);
    if (arrays.at("picture_size").values !=
        std::vector<double>{static_cast<double>(picture.height), static_cast<double>(picture.width)})
        complain("arrays", "another picture size than that of the numbers");
}

QString TestCrossings::saved(const QString& name)
{
    QSignalSpy saved(&sessions().work(), &SessionWork::saved);
    m_fixture->answers = {m_fixture->path(name)};
    QFile::remove(m_fixture->path(name));
    putPictureBack(); // what is gone cannot be hashed
    m_fixture->action(Command::SaveSessionAs)->trigger();
    if (!QTest::qWaitFor([&] { return saved.count() == 1; }, Patience))
        complain("session", "was not saved");
    return m_fixture->path(name);
}

/// Each number that a file holds is what the model says of the file's own state.
void TestCrossings::checkSession(const QString& file)
{
    if (!QFile::exists(file))
        return;
    const Session session = readSession(toPath(file));
    for (const StoredResult& result : session.results) {
        const SessionPicture& picture = session.pictures.at(static_cast<std::size_t>(result.picture));
        ViewRequest request;
        request.engine.device = "cpu";
        request.checkpoint = session.model->path;
        request.picture = picture.file.path;
        request.preprocess = session.input.preprocess;
        request.ownPreprocess = session.input.ownPreprocess;
        request.decode.ignoreExif = session.input.ignoreExif;
        request.set = result.set;
        if (result.edits == contentKey(picture.edits.edits))
            request.edits = picture.edits.edits;
        else if (result.edits != contentKey(EditList()))
            complain("session", "numbers of edits that it does not have");
        const auto really = known(request);
        if (!really || !equal(really->statement.logits, doubles(result.logits)))
            complain("session", "numbers of another state");
    }
}

/// What a crash would leave is what the window is set to.
void TestCrossings::checkJournal()
{
    const QDir folder(m_fixture->settings().recoveryFolder());
    const auto agrees = [&] {
        for (const QString& name : folder.entryList({QString("*") + journalExtension}, QDir::Files)) {
            const Session session = replayJournal(RecordFile::open(toPath(folder.filePath(name)))).session;
            if (static_cast<int>(session.pictures.size()) != document().pictures().rowCount())
                continue;
            bool same = session.view.picture == document().currentPicture() &&
                        session.view.classIndex == document().currentClass() &&
                        session.input.preprocess == document().request().preprocess && session.model &&
                        session.model->path == document().checkpoint();
            const QuerySet set = document().limit().querySet();
            same = same && (set.mode == LimitMode::All || session.view.limit == set);
            for (const SessionPicture& picture : session.pictures)
                same = same && picture.edits == document().editor().historyOf(picture.file.path).state();
            if (same)
                return true;
        }
        return false;
    };
    if (!QTest::qWaitFor(agrees, 5'000))
        complain("journal", "another state than the window's");
}

QTEST_MAIN(TestCrossings)
#include "test_crossings.moc"
