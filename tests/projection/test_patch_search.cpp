// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <future>
#include <limits>
#include <map>
#include <set>
#include <stop_token>

#include <QTest>

#include "core/base/hash.h"
#include "core/engine/tree_answer.h"
#include "core/image/preprocess.h"
#include "core/io/safetensors_writer.h"
#include "core/projection/projection_cache.h"
#include "tests/projection/training_folder.h"
#include "tests/support/error_of.h"
#include "tests/support/whole_transformers.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

/// A prototype's nearest patch by the numbers themselves.
struct BruteForce {
    double distance = std::numeric_limits<double>::infinity(); ///< squared
    std::string picture;
    int cell = 0;
    std::vector<float> patch;
};

/// Weights by formula but for the prototypes.
class PushedSource : public TensorSource {
public:
    PushedSource(std::vector<TensorInfo> tensors, std::vector<float> prototypes)
        : m_rest(std::move(tensors)),
          m_prototypes(std::move(prototypes))
    {
    }
    const std::vector<TensorInfo>& tensors() const override { return m_rest.tensors(); }
    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        if (tensor.name == "prototype_vectors")
            std::ranges::copy(m_prototypes, out.begin());
        else
            m_rest.read(tensor, out);
    }

private:
    PrototypeFormula m_rest;
    std::vector<float> m_prototypes;
};

} // namespace

/// Prototypes projected anew on a folder: what is refused and left out, what is found, and what is not computed twice.
class TestPatchSearch : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void leavesOutWhatCannotBeRead();
    void endsAtWhatCannotBeReadWhereStrict();
    void endsWhereTheFolderIsGone();
    void findsAllWhereNothingCanBeKept();
    void saysWhichClassHasNoPicture();
    void isStopped();
    void findsWhatBruteForceFinds();
    void findsTheSameWithThreads();
    void knowsPushedPrototypes();
    void searchesATreeByItsLeaves();
    void searchesLocalPrototypesAlone();
    void computesOnlyWhatIsNew();
    void aDamagedCacheIsWrittenAnew_data();
    void aDamagedCacheIsWrittenAnew();
    void distancesAndSimilarities();

private:
    std::vector<BruteForce> bruteForce(const std::filesystem::path& model, const QString& data) const;

    TrainingFolder m_folder;
};

void TestPatchSearch::initTestCase()
{
    m_folder.write("net.pth", wholeProtoPNet().file());
    m_folder.write("tree.pth", wholeProtoTree().file());
    m_folder.write("former.pth", wholeFormer(false).file());
    m_folder.write("concepts.pth", wholeConcepts().file());
    m_folder.makePictures("data", 4);
    m_folder.makePictures("split/train", 2);
    m_folder.makePictures("split/val", 1);
    m_folder.makePicture("two/a/0.png", 1);
    m_folder.makePicture("two/b/0.png", 1);
    QVERIFY(QDir().mkpath(m_folder.file("empty")));
}

void TestPatchSearch::refuses_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("said");
    QTest::newRow("no prototypes") << "concepts.pth"
                                   << "data"
                                   << "expected a model with prototypes";
    QTest::newRow("no folder") << "net.pth"
                               << "nowhere"
                               << "nowhere";
    QTest::newRow("an empty folder") << "net.pth"
                                     << "empty"
                                     << "class";
    QTest::newRow("another number of classes") << "net.pth"
                                               << "two"
                                               << "3";
}

void TestPatchSearch::refuses()
{
    QFETCH(const QString, model);
    QFETCH(const QString, data);
    QFETCH(const QString, said);
    QString message;
    QVERIFY(errorOf([&] { SearchedFolder(m_folder.path(model), m_folder.path(data), {}); }, &message));
    QVERIFY2(message.contains(said), qPrintable(message));
}

void TestPatchSearch::leavesOutWhatCannotBeRead()
{
    m_folder.makePictures("torn", 2);
    m_folder.write("torn/b/bad.png", "no picture at all");
    m_folder.write("torn/c/cut.png", std::string("\x89PNG\r\n\x1a\n", 8) + "cut");
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("torn"), {});
    const PrototypeProjection projection = searched.run();
    QCOMPARE(projection.pictures, std::size_t{6});
    QCOMPARE(projection.unreadable.size(), std::size_t{2});
    QVERIFY(projection.unreadable.front().starts_with("b/bad.png: "));
    QCOMPARE(projection.found.size(), std::size_t{6});
}

/// Its pictures are not unreadable one by one: nothing would be known of the rest.
void TestPatchSearch::endsWhereTheFolderIsGone()
{
    m_folder.makePictures("gone", 2);
    PatchSearch::Settings settings;
    settings.cache = m_folder.path("gone cache");
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("gone"), settings);
    searched.search->search(searched.engine, 0, {});
    QVERIFY(QDir().rename(m_folder.file("gone"), m_folder.file("away")));
    QCOMPARE(errorOf([&] { searched.search->search(searched.engine, 1, {}); }), std::optional(ErrorCode::NotFound));
    searched.search->keep();
    QVERIFY(QDir().rename(m_folder.file("away"), m_folder.file("gone")));
    SearchedFolder again(m_folder.path("net.pth"), m_folder.path("gone"), settings);
    QCOMPARE(again.run().pictures, std::size_t{6});
    QCOMPARE(again.search->computed(), std::size_t{5});
}

void TestPatchSearch::findsAllWhereNothingCanBeKept()
{
    PatchSearch::Settings settings;
    settings.cache = m_folder.write("in the way", "a file") / "cache";
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("data"), settings);
    const PrototypeProjection projection = searched.run();
    QCOMPARE(projection.found.size(), std::size_t{6});
    QVERIFY(searched.search->whyNotKept().find("in the way") != std::string::npos);
    QVERIFY(projection.remarks.back().starts_with("what was found is not kept: "));
}

void TestPatchSearch::endsAtWhatCannotBeReadWhereStrict()
{
    m_folder.makePictures("strict", 1);
    m_folder.write("strict/b/bad.png", "no picture at all");
    PatchSearch::Settings settings;
    settings.isStrict = true;
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("strict"), settings);
    QString message;
    QVERIFY(errorOf([&] { searched.run(); }, &message));
    QVERIFY2(message.contains("bad.png"), qPrintable(message));
}

void TestPatchSearch::saysWhichClassHasNoPicture()
{
    m_folder.makePictures("lacking", 1);
    QVERIFY(QFile::remove(m_folder.file("lacking/b/0.png")));
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("lacking"), {});
    const PrototypeProjection projection = searched.run();
    QVERIFY((projection.without == std::vector<int>{2, 3}));
    QCOMPARE(projection.found.size(), std::size_t{4});
    QVERIFY(QFile::remove(m_folder.file("lacking/a/0.png")));
    m_folder.write("lacking/c/0.png", "no picture");
    SearchedFolder none(m_folder.path("net.pth"), m_folder.path("lacking"), {});
    QCOMPARE(errorOf([&] { none.run(); }), std::optional(ErrorCode::NotFound));
}

void TestPatchSearch::isStopped()
{
    PatchSearch::Settings settings;
    settings.cache = m_folder.path("stopped-cache");
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("data"), settings);
    searched.search->search(searched.engine, 0, {});
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { searched.search->search(searched.engine, 1, Progress(stop.get_token())); }),
             std::optional(ErrorCode::Cancelled));
    searched.search->keep();
    const PrototypeProjection part = searched.search->result();
    QCOMPARE(part.pictures, std::size_t{1});
    const std::string key = part.key;
    QVERIFY(!std::filesystem::exists(projectionFile(settings.cache, key))); // it is no whole one
    SearchedFolder again(m_folder.path("net.pth"), m_folder.path("data"), settings);
    again.run();
    QCOMPARE(again.search->computed(), std::size_t{11});
    QVERIFY(std::filesystem::exists(projectionFile(settings.cache, key)));
}

std::vector<BruteForce> TestPatchSearch::bruteForce(const std::filesystem::path& model, const QString& data) const
{
    const PrototypeFormula formula(protoPNetTensors(smallProtoPNet()));
    std::vector<float> prototypes(6 * 4);
    formula.read(*std::ranges::find(formula.tensors(), "prototype_vectors", &TensorInfo::name), prototypes);
    Engine engine{EngineOptions{}};
    engine.open(model);
    std::vector<BruteForce> nearest(6);
    for (const int c : {0, 1, 2})
        for (int i = 0; i < 4; ++i) {
            const std::string name = std::string(1, static_cast<char>('a' + c)) + "/" + std::to_string(i) + ".png";
            const Picture picture = decodePicture(m_folder.path(data + "/" + QString::fromStdString(name)));
            const std::vector<float> patches =
                engine.encode(preprocess(picture, parsePreprocess("fixed:16")))->memory(); // [4, 16]
            for (int p = 2 * c; p < 2 * c + 2; ++p)
                for (int cell = 0; cell < 16; ++cell) {
                    double distance = 0;
                    std::vector<float> patch;
                    for (int d = 0; d < 4; ++d) {
                        patch.push_back(patches[static_cast<std::size_t>(16 * d + cell)]);
                        distance += std::pow(patch.back() - prototypes[static_cast<std::size_t>(4 * p + d)], 2);
                    }
                    BruteForce& own = nearest[static_cast<std::size_t>(p)];
                    if (distance < own.distance)
                        own = {distance, name, cell, patch};
                }
        }
    return nearest;
}

void TestPatchSearch::findsWhatBruteForceFinds()
{
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("data"), {});
    const PrototypeProjection projection = searched.run();
    const std::vector<BruteForce> expected = bruteForce(m_folder.path("net.pth"), "data");
    QCOMPARE(projection.found.size(), expected.size());
    QVERIFY(projection.without.empty());
    for (std::size_t p = 0; p < expected.size(); ++p) {
        const ProjectedPrototype& found = projection.found[p];
        QCOMPARE(found.prototype, static_cast<int>(p));
        QCOMPARE(found.classIndex, static_cast<int>(p / 2));
        QVERIFY(std::abs(found.distance - expected[p].distance) < 1e-5);
        QCOMPARE(found.picture.generic_string(), expected[p].picture);
        QCOMPARE(4 * found.row + found.column, expected[p].cell);
        QVERIFY(!found.isPrototype);
        QVERIFY(!found.box.empty() && found.box.right() <= 24 && found.box.bottom() <= 20);
        QVERIFY(!found.receptive.empty() && found.receptive.right() <= 24 && found.receptive.bottom() <= 20);
        QCOMPARE(found.sha256, sha256OfFile(m_folder.path("data") / found.picture));
    }
    QVERIFY(projection.medianSimilarity() > 0 && projection.medianSimilarity() < projection.largestSimilarity);
    QCOMPARE(projection.prototypesThemselves(), std::size_t{0});
}

void TestPatchSearch::findsTheSameWithThreads()
{
    SearchedFolder one(m_folder.path("net.pth"), m_folder.path("data"), {});
    const PrototypeProjection expected = one.run();
    SearchedFolder several(m_folder.path("net.pth"), m_folder.path("data"), {});
    std::vector<std::future<void>> all;
    for (std::size_t i = several.search->pictures(); i-- > 0;)
        all.push_back(std::async(std::launch::async, [&several, i] { several.search->search(several.engine, i, {}); }));
    for (std::future<void>& done : all)
        done.get();
    QVERIFY(several.search->result() == expected);
}

void TestPatchSearch::knowsPushedPrototypes()
{
    std::vector<float> patches;
    for (const BruteForce& nearest : bruteForce(m_folder.path("net.pth"), "data"))
        patches.insert(patches.end(), nearest.patch.begin(), nearest.patch.end());
    const std::filesystem::path pushed = m_folder.path("pushed.safetensors");
    writeSafetensors(pushed, PushedSource(protoPNetTensors(smallProtoPNet()), patches), DType::Float32,
                     {{"preprocessing", "fixed:16"}});
    SearchedFolder searched(pushed, m_folder.path("data"), {});
    const PrototypeProjection projection = searched.run();
    QCOMPARE(projection.prototypesThemselves(), std::size_t{6});
    QVERIFY(projection.medianSimilarity() > 0.99 * projection.largestSimilarity);
}

void TestPatchSearch::searchesATreeByItsLeaves()
{
    SearchedFolder searched(m_folder.path("tree.pth"), m_folder.path("data"), {});
    const PrototypeProjection projection = searched.run();
    QVERIFY((searchedPrototypes(searched.engine.model()->config) == std::vector<int>{0, 2}));
    const auto decoding = [&](const std::filesystem::path& picture) {
        return searched.engine.decode(
            searched.engine.encode(preprocess(decodePicture(picture), searchPreprocess(*searched.engine.model()))), {});
    };
    // As ProtoTree's program has it: pictures whose class a leaf below the node says most.
    const TreeAnswer tree = *decoding(m_folder.path("data/a/0.png"))->tree();
    const std::map<int, std::set<int>> leaves{
        {2, {tree.nodes[1].leafClass, tree.nodes[3].leafClass, tree.nodes[4].leafClass}},
        {0, {tree.nodes[3].leafClass, tree.nodes[4].leafClass}}};
    for (const ProjectedPrototype& found : projection.found) {
        double largest = 0;
        std::string nearest;
        for (const int c : leaves.at(found.prototype))
            for (int i = 0; i < 4; ++i) {
                const QString name = QString("%1/%2.png").arg(QChar('a' + c)).arg(i);
                const auto said = decoding(m_folder.path("data/" + name));
                const double presence = said->tree()->nodes[found.prototype == 2 ? 0 : 2].presence;
                if (presence > largest) {
                    largest = presence;
                    nearest = name.toStdString();
                }
            }
        QCOMPARE(found.similarity, largest);
        QCOMPARE(found.picture.generic_string(), nearest);
        QVERIFY(std::abs(found.distance + std::log(largest)) < 1e-6);
    }
    QCOMPARE(projection.found.size() + projection.without.size(), std::size_t{2});
    QVERIFY(!projection.found.empty());
}

void TestPatchSearch::searchesLocalPrototypesAlone()
{
    SearchedFolder searched(m_folder.path("former.pth"), m_folder.path("data"), {});
    const PrototypeProjection projection = searched.run();
    QCOMPARE(projection.found.size(), searched.engine.model()->config.former->classOf.size());
    for (const ProjectedPrototype& found : projection.found)
        QVERIFY(found.similarity > 0 && !found.box.empty());
}

void TestPatchSearch::computesOnlyWhatIsNew()
{
    PatchSearch::Settings settings;
    settings.cache = m_folder.path("cache/not/there/yet");
    m_folder.makePictures("growing", 2);
    SearchedFolder first(m_folder.path("net.pth"), m_folder.path("growing"), settings);
    const PrototypeProjection expected = first.run();
    QCOMPARE(first.search->computed(), std::size_t{6});
    SearchedFolder second(m_folder.path("net.pth"), m_folder.path("growing"), settings);
    QVERIFY(second.run() == expected);
    QCOMPARE(second.search->computed(), std::size_t{0});
    QCOMPARE(second.engine.counters().encodes, std::int64_t{0});
    m_folder.makePicture("growing/b/new.png", 99);
    QVERIFY(QFile::rename(m_folder.file("growing/a/0.png"), m_folder.file("growing/c/moved.png"))); // another class now
    SearchedFolder third(m_folder.path("net.pth"), m_folder.path("growing"), settings);
    third.run();
    QCOMPARE(third.search->computed(), std::size_t{2});
    SearchedFolder other(m_folder.path("tree.pth"), m_folder.path("growing"), settings);
    other.run();
    QCOMPARE(other.search->computed(), std::size_t{7});
}

void TestPatchSearch::aDamagedCacheIsWrittenAnew_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no JSON") << QByteArray("hello");
    QTest::newRow("another schema") << QByteArray(R"({"ocellus_search": 2, "key": "", "pictures": []})");
    QTest::newRow("nothing") << QByteArray();
}

void TestPatchSearch::aDamagedCacheIsWrittenAnew()
{
    QFETCH(const QByteArray, content);
    PatchSearch::Settings settings;
    settings.cache = m_folder.path("damaged");
    Engine engine{EngineOptions{}};
    const ModelDescription& model = engine.open(m_folder.path("net.pth"));
    const std::string key = searchKey(model, searchPreprocess(model));
    m_folder.write("damaged/" + QString::fromStdString(key) + ".search.json", content.toStdString());
    SearchedFolder searched(m_folder.path("net.pth"), m_folder.path("data"), settings);
    searched.run();
    QCOMPARE(searched.search->computed(), std::size_t{12});
    SearchRecords records(key);
    records.read(searchFile(settings.cache, key));
    QCOMPARE(records.size(), std::size_t{12});
}

void TestPatchSearch::distancesAndSimilarities()
{
    const ModelConfig net = smallProtoPNet();
    for (const double distance : {0.0, 1e-6, 0.03, 1.0, 50.0}) {
        const double similarity = std::log((distance + 1) / (distance + 1e-4));
        QVERIFY(std::abs(distanceOf(similarity, net) - distance) < 1e-9 * (1 + distance * distance));
    }
    QVERIFY(std::isinf(distanceOf(0, net)));
    QVERIFY(std::abs(largestSimilarity(net) - std::log(1e4)) < 1e-9);
    ModelConfig linear = net;
    linear.prototypes->similarity = SimilarityKind::Linear;
    QCOMPARE(distanceOf(-0.25, linear), 0.25);
    QVERIFY(isThePrototype(-1e-6, linear) && !isThePrototype(-1e-5, linear));
    QCOMPARE(distanceOf(1, smallProtoTree()), 0.0);
    QVERIFY(isThePrototype(0.999, smallProtoTree()) && !isThePrototype(0.99, smallProtoTree()));
}

QTEST_GUILESS_MAIN(TestPatchSearch)
#include "test_patch_search.moc"
