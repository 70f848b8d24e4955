// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/session/session_reader.h"
#include "core/session/session_writer.h"
#include "tests/session/sessions.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using namespace ocellus::test;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

using Spoil = std::function<void(json&)>;

/// Reads text as a session file and gives the error that it ends with.
std::optional<ErrorCode> errorOfText(const fs::path& file, const std::string& text, QString* message = nullptr)
{
    writeText(file, text);
    return errorOf([&] { readSession(file); }, message);
}

void addFileRows(const std::function<void(const char*, const Spoil&)>& row)
{
    row("no path", [](json& session) { session["model"].erase("path"); });
    row("empty path", [](json& session) { session["model"]["path"] = ""; });
    row("path with a zero", [](json& session) { session["model"]["path"] = std::string("a\0b", 3); });
    row("endless path", [](json& session) { session["model"]["path"] = std::string(5'000, 'a'); });
    row("endless path in base64", [](json& session) {
        session["model"]["path"] = {{"base64", std::string(8'192, 'A')}};
    });
    row("path is a number", [](json& session) { session["model"]["path"] = 7; });
    row("path of another kind", [](json& session) { session["model"]["path"] = {{"hex", "00"}}; });
    row("no hash", [](json& session) { session["model"]["sha256"] = ""; });
    row("short hash", [](json& session) { session["model"]["sha256"] = "abc"; });
    row("hash of letters", [](json& session) { session["model"]["sha256"] = std::string(64, 'g'); });
    row("bytes below 0", [](json& session) { session["model"]["bytes"] = -1; });
    row("half a byte", [](json& session) { session["model"]["bytes"] = 0.5; });
    row("given is an object", [](json& session) { session["model"]["given"] = json::object(); });
    row("given is no JSON", [](json& session) { session["model"]["given"] = "num_heads"; });
    row("given in a list", [](json& session) { session["model"]["given"] = "[]"; });
    row("given no heads", [](json& session) { session["model"]["given"] = R"({"num_heads": 0})"; });
    row("given an unknown activation", [](json& session) { session["model"]["given"] = R"({"activation": "relu"})"; });
    row("given without end", [](json& session) { session["model"]["given"] = std::string(3'000, ' '); });
    row("given and more", [](json& session) {
        session["model"]["given"] = R"({"num_heads": 6})";
        session["model"]["taken"] = 1;
    });
    row("model is a path", [](json& session) { session["model"] = "model.pth"; });
    row("class table is a list", [](json& session) { session["classes"] = json::array(); });
}

void addViewRows(const std::function<void(const char*, const Spoil&)>& row)
{
    row("picture that is not there", [](json& session) { session["view"]["picture"] = 3; });
    row("head below 0", [](json& session) { session["view"]["head"] = -1; });
    row("huge layer", [](json& session) { session["view"]["layer"] = 1'000'000'000'000; });
    row("unknown mode", [](json& session) { session["view"]["limit"]["mode"] = "some"; });
    row("class twice", [](json& session) { session["view"]["limit"]["active"] = {1, 1}; });
    row("class below 0", [](json& session) { session["view"]["limit"]["active"] = {-1}; });
    row("display is a text", [](json& session) { session["view"]["display"] = "{}"; });
    row("endless display", [](json& session) { session["view"]["display"]["x"] = std::string(100'000, 'x'); });
    row("layout is no base64", [](json& session) { session["view"]["layout"] = "???"; });
    row("endless layout", [](json& session) { session["view"]["layout"] = std::string(1'100'000, 'A'); });
    row("filter is a number", [](json& session) { session["view"]["filter"] = 1; });
}

void addResultRows(const std::function<void(const char*, const Spoil&)>& row)
{
    row("result of no picture", [](json& session) { session["results"][0]["picture"] = 3; });
    row("result of a picture below 0", [](json& session) { session["results"][0]["picture"] = -1; });
    row("logit is null", [](json& session) { session["results"][0]["logits"][0] = nullptr; });
    row("logit is a text", [](json& session) { session["results"][0]["logits"][0] = "NaN"; });
    row("logit beyond a float", [](json& session) { session["results"][0]["logits"][0] = 1e39; });
    row("peaks of more heads", [](json& session) { session["results"][0]["peakScore"] = {1, 2}; });
    row("limit without classes", [](json& session) { session["results"][0]["set"]["active"] = json::array(); });
    row("classes without a limit", [](json& session) { session["results"][1]["set"]["active"] = {1}; });
    row("edited is null", [](json& session) { session["results"][0]["edited"] = nullptr; });
}

void addEvidenceRows(const std::function<void(const char*, const Spoil&)>& row)
{
    const auto spoilt = [](const char* key, const json& value) {
        return [key, value](json& session) { session["evidence"][1]["evidence"]["finding"][key] = value; };
    };
    row("evidence is an object", [](json& session) { session["evidence"] = json::object(); });
    row("evidence of no picture", [](json& session) { session["evidence"][0]["picture"] = 3; });
    row("evidence with another key", [](json& session) { session["evidence"][0]["evidence"]["extra"] = 1; });
    row("evidence of head -2", [](json& session) { session["evidence"][0]["evidence"]["head"] = -2; });
    row("no such test", spoilt("test", "oracle"));
    row("value is a text", spoilt("value", "1"));
    row("null is a text", spoilt("nulls", json::array({"1"})));
    row("endless settings", spoilt("settings", std::string(1'001, 'x')));
    row("band of another length", spoilt("low", json::array({1})));
    row("curve of one point", [](json& session) {
        for (const char* key : {"curve", "low", "high"})
            session["evidence"][1]["evidence"]["finding"][key] = json::array({1});
    });
    row("judged is 1.5", spoilt("judged", 1.5));
}

void addByHandRows(const std::function<void(const char*, const Spoil&)>& row)
{
    const auto spoilt = [](const char* key, const json& value) {
        return [key, value](json& session) { session["pictures"][0]["byHand"][0]["intervention"][key] = value; };
    };
    row("by hand is an object", [](json& session) { session["pictures"][0]["byHand"] = json::object(); });
    row("by hand without edits", [](json& session) { session["pictures"][0]["byHand"][0].erase("edited"); });
    row("by hand and more", [](json& session) { session["pictures"][0]["byHand"][0]["extra"] = 1; });
    row("by hand, edited is 1", [](json& session) { session["pictures"][0]["byHand"][0]["edited"] = 1; });
    row("by hand twice",
        [](json& session) { session["pictures"][0]["byHand"].push_back(session["pictures"][0]["byHand"][0]); });
    row("by hand, no class", spoilt("class", -1));
    row("by hand, huge class", spoilt("class", 1'000'000'000));
    row("by hand, class that was dropped", spoilt("class", 3));
    row("by hand, set without classes",
        [](json& session) { session["pictures"][0]["byHand"][0]["intervention"]["set"]["active"] = json::array(); });
    row("by hand, head -1", spoilt("heads", {-1}));
    row("by hand, head twice", spoilt("heads", {1, 1}));
    row("by hand, heads out of order", spoilt("heads", {3, 0}));
    row("by hand, head is a text", spoilt("heads", json::array({"1"})));
    row("by hand, heads are a number", spoilt("heads", 1));
    row("by hand, endless heads", spoilt("heads", json(json::array_t(10'002, 0))));
    row("by hand, cell beyond the grid", spoilt("cells", {{{"head", 1}, {"cells", {12}}}}));
    row("by hand, cell -1", spoilt("cells", {{{"head", 1}, {"cells", {-1}}}}));
    row("by hand, cell twice", spoilt("cells", {{{"head", 1}, {"cells", {5, 5}}}}));
    row("by hand, no cell", spoilt("cells", {{{"head", 1}, {"cells", json::array()}}}));
    row("by hand, cells of a head twice",
        spoilt("cells", {{{"head", 1}, {"cells", {1}}}, {{"head", 1}, {"cells", {2}}}}));
    row("by hand, cells without a head", spoilt("cells", {{{"cells", {1}}}}));
    row("by hand, no rows", spoilt("rows", 0));
    row("by hand, huge rows", spoilt("rows", 2'000'000'000));
    row("by hand, a grid without cells", spoilt("cells", json::array()));
    row("by hand, nothing", [](json& session) {
        json& taken = session["pictures"][0]["byHand"][1]["intervention"];
        taken["heads"] = json::array();
    });
}

void addFindingsRows(const std::function<void(const char*, const Spoil&)>& row)
{
    row("findings are a list", [](json& session) { session["findings"] = json::array(); });
    row("findings without controls", [](json& session) { session["findings"].erase("controls"); });
    row("findings and more", [](json& session) { session["findings"]["extra"] = json::object(); });
    row("experiment is a text", [](json& session) { session["findings"]["experiment"] = "{}"; });
    row("controls are a list", [](json& session) { session["findings"]["controls"] = json::array(); });
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestSessionFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_file;

private slots:
    void init() { m_file = fs::path(m_folder.path().toStdString()) / "work.ocellus"; }

    void refusesHostileSessions_data()
    {
        QTest::addColumn<Spoil>("spoil");
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("a list", [](json& session) { session = json::array(); });
        row("null", [](json& session) { session = nullptr; });
        row("no format", [](json& session) { session.erase("format"); });
        row("another format", [](json& session) { session["format"] = "photoshop"; });
        row("format is a list", [](json& session) { session["format"] = json::array({"ocellus session"}); });
        row("no schema", [](json& session) { session.erase("schema"); });
        row("schema 0", [](json& session) { session["schema"] = 0; });
        row("schema 1.5", [](json& session) { session["schema"] = 1.5; });
        row("schema is a text", [](json& session) { session["schema"] = "1"; });
        row("unknown key", [](json& session) { session["extra"] = 1; });
        row("key missing", [](json& session) { session.erase("notes"); });
        row("program is a number", [](json& session) { session["program"] = 1; });
        row("endless program", [](json& session) { session["program"] = std::string(1'001, 'x'); });
        row("pictures are an object", [](json& session) { session["pictures"] = json::object(); });
        row("too many pictures", [](json& session) { session["pictures"] = json(json::array_t(100'001, nullptr)); });
        row("picture without edits", [](json& session) { session["pictures"][0].erase("edits"); });
        row("picture twice", [](json& session) { session["pictures"][1] = session["pictures"][0]; });
        row("picture twice by another path", [](json& session) {
            session["pictures"][1] = session["pictures"][0];
            session["pictures"][1]["file"]["path"] = "x/../pictures/./a.jpg";
        });
        row("spoilt mask", [](json& session) { session["pictures"][0]["edits"]["selection"]["runs"] = "AAAA"; });
        row("note without a model", [](json& session) { session["notes"][0]["model"] = ""; });
        row("endless note", [](json& session) { session["notes"][0]["text"] = std::string(10'001, 'x'); });
        row("note of class -2", [](json& session) { session["notes"][0]["class"] = -2; });
        row("size 0", [](json& session) { session["input"]["size"] = "0:0"; });
        row("range in words", [](json& session) { session["input"]["range"] = "wide"; });
        row("range of numbers", [](json& session) { session["input"]["range"] = {0, 4095}; });
        row("range upside down", [](json& session) { session["input"]["range"] = "9:1"; });
        row("sRGB is a number", [](json& session) { session["input"]["toSrgb"] = 1; });
        row("size in words", [](json& session) { session["input"]["size"] = "large"; });
        addFileRows(row);
        addViewRows(row);
        addResultRows(row);
        addEvidenceRows(row);
        addFindingsRows(row);
        addByHandRows(row);
    }

    void refusesHostileSessions()
    {
        QFETCH(const Spoil, spoil);
        json session = jsonOf(someSession(m_file.parent_path()), m_file.parent_path());
        spoil(session);
        QString message;
        const std::optional<ErrorCode> code = errorOfText(m_file, session.dump(), &message);
        QVERIFY2(code == ErrorCode::Damaged || code == ErrorCode::TooLarge, qPrintable(message));
        QVERIFY2(message.startsWith(QString::fromStdString(m_file.string())), qPrintable(message));
    }

    void keepsWhatWasSaidOfTheModel()
    {
        Session session = someSession(m_file.parent_path());
        writeSession(m_file, session);
        QVERIFY(readSession(m_file).model->given.empty());
        session.model->given.heads = 6;
        session.model->given.eps = 1e-5;
        writeSession(m_file, session);
        QVERIFY(readSession(m_file).model == session.model);
    }

    /// Files from before there was such a thing have no key for it, and neither have those without.
    void whatWasTakenAwayByHandIsWrittenWhereThereIsSome()
    {
        Session session = someSession(m_file.parent_path());
        writeSession(m_file, session);
        QVERIFY(readSession(m_file).pictures[0].byHand == session.pictures[0].byHand);
        QVERIFY(readSession(m_file).pictures[1].byHand.empty());
        const json written = jsonOf(session, m_file.parent_path());
        QVERIFY(written["pictures"][0].contains("byHand"));
        QVERIFY(!written["pictures"][1].contains("byHand"));
        session.pictures[0].byHand[1].edits = contentKey(EditList{someEdit("of before")}); // cannot be had again
        writeSession(m_file, session);
        QCOMPARE(readSession(m_file).pictures[0].byHand.size(), std::size_t{1});
    }

    void keepsHowPicturesAreRead()
    {
        Session session = someSession(m_file.parent_path());
        session.input.range = {SampleRange::Kind::Given, 0, 4095};
        session.input.convertToSrgb = true;
        writeSession(m_file, session);
        QVERIFY(readSession(m_file).input == session.input);
    }

    void refusesWhatIsNoJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("blanks") << QByteArray("   \n");
        QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n");
        QTest::newRow("no UTF-8") << QByteArray("{\"format\": \"\xff\xfe\"}");
        QTest::newRow("two values") << QByteArray("{} {}");
        QTest::newRow("a NaN") << QByteArray("{\"format\": NaN}");
        QTest::newRow("deep lists") << QByteArray(10'000'000, '[');
        QTest::newRow("deep lists that end") << QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']');
        QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(1'000'000);
        QTest::newRow("endless values") << "[" + QByteArray("0,").repeated(5'000'001) + "0]";
    }

    void refusesWhatIsNoJson()
    {
        QFETCH(const QByteArray, text);
        const std::optional<ErrorCode> code = errorOfText(m_file, text.toStdString());
        QVERIFY(code == ErrorCode::Damaged || code == ErrorCode::TooLarge);
    }

    void refusesAHugeFileUnread()
    {
        writeText(m_file, "{");
        fs::resize_file(m_file, maxSessionBytes + 1);
        QCOMPARE(errorOf([&] { readSession(m_file); }), std::optional(ErrorCode::TooLarge));
    }

    void refusesANewerSchemaInWords()
    {
        json session = jsonOf(Session(), {});
        session["schema"] = 2;
        session["future"] = true;
        QString message;
        QCOMPARE(errorOfText(m_file, session.dump(), &message), std::optional(ErrorCode::Unsupported));
        QVERIFY2(message.contains("made by a newer Ocellus (schema 2): this one reads up to 1"), qPrintable(message));
    }

    void refusesEveryCutFile()
    {
        writeSession(m_file, someSession(m_file.parent_path()));
        const std::string text = readText(m_file);
        for (std::size_t length = 0; length + 2 < text.size(); length += 13) // the last byte is a line break
            QVERIFY2(errorOfText(m_file, text.substr(0, length)) == ErrorCode::Damaged, std::to_string(length).c_str());
    }

    void aSpoiltByteIsAnErrorOrAnotherValue()
    {
        writeSession(m_file, someSession(m_file.parent_path()));
        const std::string text = readText(m_file);
        int refused = 0;
        for (std::size_t place = 0; place < text.size(); place += 17) {
            std::string spoilt = text;
            spoilt[place] = static_cast<char>(spoilt[place] ^ (1 << place % 8));
            refused += errorOfText(m_file, spoilt).has_value() ? 1 : 0;
        }
        QVERIFY(refused > 100);
    }

    void writesNothingThatItWouldNotRead()
    {
        writeText(m_file, "before");
        Session session = someSession(m_file.parent_path());
        session.model->sha256.clear();
        QCOMPARE(errorOf([&] { writeSession(m_file, session); }), std::optional(ErrorCode::Damaged));
        session = someSession(m_file.parent_path());
        session.notes[0].text = std::string(maxNoteBytes + 1, 'x');
        QCOMPARE(errorOf([&] { writeSession(m_file, session); }), std::optional(ErrorCode::TooLarge));
        session = someSession(m_file.parent_path());
        session.view.display = "[]";
        QCOMPARE(errorOf([&] { writeSession(m_file, session); }), std::optional(ErrorCode::BadArgument));
        QCOMPARE(readText(m_file), std::string("before"));
    }

    void aPictureThatNobodyCouldReadComesBackWithoutHash()
    {
        Session session = someSession(m_file.parent_path());
        session.pictures[1].file = {session.pictures[1].file.path, {}, 0};
        session.classes = FileReference{session.classes->path, {}, 0};
        writeSession(m_file, session);
        QVERIFY(readSession(m_file) == session);
    }

    void sessionsComeBackEqual()
    {
        const Session session = someSession(m_file.parent_path());
        writeSession(m_file, session);
        const Session again = readSession(m_file);
        QVERIFY(again == session);
        QVERIFY(std::signbit(again.results[0].logits[1]));
        QCOMPARE(jsonOf(again, {}), jsonOf(session, {}));
        writeSession(m_file, Session());
        QVERIFY(readSession(m_file) == Session());
    }

    void floatsComeBackBitForBit()
    {
        Session session;
        session.pictures = {{someFile("/a"), {}}};
        StoredResult result{0, contentKey(EditList()), {}, {}, 0, 0, {}, {}};
        for (std::uint32_t bits = 1; bits < 0xff00'0000; bits += 0x000f'1235)
            if (std::isfinite(std::bit_cast<float>(bits)))
                result.logits.push_back(std::bit_cast<float>(bits));
        session.results = {result};
        writeSession(m_file, session);
        const std::vector<float> again = readSession(m_file).results[0].logits;
        QVERIFY(again.size() > 4'000);
        QVERIFY(std::ranges::equal(again, result.logits, {}, std::bit_cast<std::uint32_t, float>,
                                   std::bit_cast<std::uint32_t, float>));
    }

    void pathsFollowTheFolder()
    {
        writeSession(m_file, someSession(m_file.parent_path()));
        const fs::path moved = m_file.parent_path() / "elsewhere" / "deeper" / "work.ocellus";
        writeText(moved, readText(m_file));
        const Session session = readSession(moved);
        QCOMPARE(session.model->path, moved.parent_path() / "model.safetensors");
        QCOMPARE(session.pictures[0].file.path, moved.parent_path() / "pictures" / "a.jpg");
        QCOMPARE(session.pictures[1].file.path, moved.parent_path().parent_path() / "b \xc3\xbc.png");
        QCOMPARE(session.classes->path, fs::path("/elsewhere/classes.txt"));
        QVERIFY(!QString::fromStdString(readText(m_file)).contains(m_folder.path()));
    }

    void resultsThatCannotBeHadAgainAreLeftOut()
    {
        Session session = someSession(m_file.parent_path());
        session.results.push_back(session.results[0]);
        session.results.back().edits.low ^= 1;
        session.results.push_back(session.results[1]);
        session.results.back().logits = {std::numeric_limits<float>::quiet_NaN()};
        session.results.push_back(session.results[1]);
        session.results.back().peakScore = {std::numeric_limits<float>::infinity()};
        session.results.push_back(session.results[1]);
        session.results.back().picture = 99;
        session.evidence.push_back(session.evidence[0]);
        session.evidence.back().edits.low ^= 1;
        session.evidence.push_back(session.evidence[1]);
        session.evidence.back().finding.value = std::numeric_limits<double>::quiet_NaN();
        writeSession(m_file, session);
        session.results.resize(2);
        session.evidence.resize(2);
        QVERIFY(readSession(m_file) == session);
    }
};

QTEST_APPLESS_MAIN(TestSessionFile)
#include "test_session_file.moc"
