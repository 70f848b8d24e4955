// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/engine/engine.h"
#include "core/engine/tree_answer.h"
#include "core/io/safetensors_writer.h"
#include "core/model/formula_source.h"
#include "core/model/prototree/tree_rows.h"
#include "tests/support/error_of.h"
#include "tests/support/npy_bytes.h"
#include "tests/support/small_prototypes.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

using Change = std::function<void(WholeModel&)>;

} // namespace

Q_DECLARE_METATYPE(ocellus::PictureOwner)

/// ProtoPNets and ProtoTrees as their training programs save them: what they are taken for, refused for, and say.
class TestPrototypeFiles : public QObject {
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_folder.isValid()); }
    void refuses_data();
    void refuses();
    void opensAStateDict();
    void opensAWholeModel_data();
    void opensAWholeModel();
    void opensAPrunedModel();
    void opensADenseNet();
    void opensATree();
    void opensATreesStateDict();
    void answersAlikeAtAnySize();
    void sharesOutPrototypes();
    void followsTheTree();
    void findsPictures_data();
    void findsPictures();
    void findsPicturesOfNodes_data();
    void findsPicturesOfNodes();
    void leavesPicturesOfAnotherState_data();
    void leavesPicturesOfAnotherState();
    void findsItsOwnAmongOthers();

private:
    std::filesystem::path path(const QString& name) const { return m_folder.filePath(name).toStdString(); }

    std::filesystem::path write(const QString& name, const std::string& bytes) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(bytes)) < 0)
            qFatal("cannot write %s", qPrintable(name));
        return path(name);
    }

    ModelInput picture() const
    {
        ModelInput input;
        input.inputSize = input.pictureSize = {16, 16};
        input.values.resize(3 * 16 * 16);
        fillByFormula("image", -2, 2, input.values);
        input.key = contentKey(std::string_view("picture"));
        return input;
    }

    QTemporaryDir m_folder;
};

void TestPrototypeFiles::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("said");
    const auto whole = [this](const char* name, const char* said, WholeModel model, const Change& change) {
        change(model);
        const QString file = QString(name) + ".pth";
        write(file, model.file());
        QTest::newRow(name) << file << QString(said);
    };
    const auto replaced = [](const char* name, ModulePickle::Value value) {
        return [name, value](WholeModel& model) { model.attribute("", name, value); };
    };
    whole("a function as activation", "the function model.square", wholeProtoPNet(),
          replaced("prototype_activation_function", rawValue("cmodel\nsquare\n")));
    whole("another activation", "expected log or linear, got cosine", wholeProtoPNet(),
          replaced("prototype_activation_function", textValue("cosine")));
    whole("a picture without pixels", "expected 1 to 4096 pixels", wholeProtoPNet(),
          replaced("img_size", numberValue(0)));
    whole("a tree without its map", "prototypes for node 0, got none", wholeProtoTree(false), [](WholeModel&) {});

    const auto state = [this](const char* name, const char* said, std::vector<TensorInfo> tensors,
                              const std::map<std::string, std::string>& args = {}) {
        const QString file = QString(name) + ".safetensors";
        writeSafetensors(path(file), PrototypeFormula(std::move(tensors)), DType::Float32, args);
        QTest::newRow(name) << file << QString(said);
    };
    state("a tree's state dict", "does not tell which node uses which prototype", protoTreeTensors(smallProtoTree()));
    state("a tree's state dict, and what to open", "Open model.pth (or tree.pkl)", protoTreeTensors(smallProtoTree()));
    const auto tree = [&](const char* name, const char* said, const std::string& rows) {
        state(name, said, protoTreeTensors(smallProtoTree()), {{"tree", rows}});
    };
    tree("a tree that is no list", "expected a list of nodes, got none", "[[0,");
    tree("a tree in a circle", "children of node 4 behind it", "[[0,2,1,2],[1],[4,0,0,3],[5]]");
    tree("a prototype that is not there", "a prototype of node 4 from 0 to 2, got 3",
         "[[0,2,1,2],[1],[4,3,3,4],[5],[6]]");
    tree("leaves that are not there", "_root.l.l._dist_params", "[[0,2,1,4],[1,0,2,3],[2],[3],[4,1,5,6],[5],[6]]");
    tree("fewer leaves than there are", "_root.r._dist_params", "[[0,2,1,2],[1],[4]]");
    ModelConfig pruned = smallProtoPNet();
    pruned.prototypes->prototypes = 5;
    state("pruned, without saying which", "it was pruned", protoPNetTensors(pruned));
    std::vector<TensorInfo> global = protoPNetTensors(smallProtoPNet());
    global.push_back({"prototype_vectors_global", DType::Float32, {3, 4, 1, 1}});
    state("global prototypes behind a VGG", "on another network than DeiT or CaiT", std::move(global));
    state("an unknown activation in the metadata", "got square", protoPNetTensors(smallProtoPNet()),
          {{"prototype_activation_function", "square"}});
    std::vector<TensorInfo> wrong = protoPNetTensors(smallProtoPNet());
    std::ranges::find(wrong, "add_on_layers.2.weight", &TensorInfo::name)->shape = {4, 5, 1, 1};
    state("layers that do not fit",
          "layers that do not fit.safetensors: by its tensors' names this is a model of the kind protopnet, but "
          "add_on_layers.2.weight does not fit the others: expected [4, 4, 1, 1], got [4, 5, 1, 1]. Only the published",
          std::move(wrong));
}

void TestPrototypeFiles::refuses()
{
    QFETCH(QString, file);
    QFETCH(QString, said);
    Engine engine(EngineOptions{});
    QString message;
    QVERIFY2(errorOf([&] { engine.open(path(file)); }, &message), "it was opened");
    QVERIFY2(message.contains(said), qPrintable(message));
}

void TestPrototypeFiles::opensAStateDict()
{
    const ModelConfig expected = smallProtoPNet();
    Engine engine(EngineOptions{});
    const std::filesystem::path file = path("state.safetensors");
    writeSafetensors(file, PrototypeFormula(protoPNetTensors(expected)), DType::Float32, {});
    const ModelDescription& model = engine.open(file);
    QCOMPARE(model.offer.family.c_str(), "protopnet");
    ModelConfig assumed = expected;
    assumed.prototypes->imageSize = 224;
    QVERIFY(model.config == assumed);
    for (const char* field : {"prototype_activation_function", "img_size", "prototype_class_identity"})
        QVERIFY2(std::ranges::find(model.assumed, field) != model.assumed.end(), field);
    QVERIFY(model.offer.mapKind == MapKind::Prototype);
    QCOMPARE(model.offer.heads, 2);
    QCOMPARE(toString(*model.preprocess).c_str(), "fixed:224");
    // Two halvings, and a 3 x 3 convolution before each.
    QCOMPARE(model.field.stride, 4);
    QCOMPARE(model.field.start, 2.0);
}

void TestPrototypeFiles::opensAWholeModel_data()
{
    QTest::addColumn<bool>("parallel");
    QTest::newRow("bare") << false;
    QTest::newRow("DataParallel") << true;
}

void TestPrototypeFiles::opensAWholeModel()
{
    QFETCH(bool, parallel);
    const WholeModel whole = wholeProtoPNet();
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(write("model.pth", parallel ? whole.parallelFile() : whole.file()));
    QVERIFY(model.config == smallProtoPNet());
    QCOMPARE(model.stateDict.object.c_str(), "model.PPNet");
    QCOMPARE(toString(*model.preprocess).c_str(), "fixed:16");
    QVERIFY(std::ranges::find(model.assumed, "prototype_class_identity") == model.assumed.end());
}

void TestPrototypeFiles::opensAPrunedModel()
{
    ModelConfig pruned = smallProtoPNet();
    pruned.prototypes->prototypes = 4;
    pruned.prototypes->classOf = {0, 1, 1, 2};
    Engine engine(EngineOptions{});
    QVERIFY(engine.open(write("pruned.pth", wholeProtoPNet(pruned).file())).config == pruned);
    const auto decoding = engine.decode(engine.encode(picture()), {});
    QCOMPARE(decoding->extent().heads, 2);
    QVERIFY(decoding->part(0, 0, 0) && !decoding->part(0, 1, 0));
    QCOMPARE(decoding->rankHeads(0, 0), std::vector<int>{0});
    QVERIFY(decoding->meanAttention(0, 0) == decoding->attention(0, 0, 0));
}

void TestPrototypeFiles::opensADenseNet()
{
    ModelConfig expected = smallProtoPNet();
    FeatureConfig& features = expected.prototypes->features;
    features = {};
    features.kind = FeatureKind::Densenet;
    features.stages = {2, 1};
    features.width = 4;
    features.growth = 2;
    features.layerWidth = 8;
    expected.prototypes->imageSize = 224;
    Engine engine(EngineOptions{});
    const std::filesystem::path file = path("dense.safetensors");
    writeSafetensors(file, PrototypeFormula(protoPNetTensors(expected)), DType::Float32, {});
    const ModelDescription& model = engine.open(file);
    QVERIFY(model.config == expected);
    QCOMPARE(model.field.stride, 8); // the stem's two halvings and the transition's
    const auto decoding = engine.decode(engine.encode(picture()), {});
    QCOMPARE(decoding->extent().cells(), std::size_t{4});
    QVERIFY(std::ranges::all_of(decoding->logits(), [](float logit) { return std::isfinite(logit); }));
}

void TestPrototypeFiles::opensATree()
{
    Engine engine(EngineOptions{});
    const ModelDescription& model = engine.open(write("tree.pth", wholeProtoTree().file()));
    QCOMPARE(model.offer.family.c_str(), "prototree");
    ModelConfig expected = smallProtoTree();
    expected.prototypes->imageSize = 224;
    QVERIFY(model.config == expected);
    QVERIFY(model.offer.mapKind == MapKind::Node);
    QCOMPARE(model.offer.heads, 2);
}

/// Settings beside a state dict tell the tree as well as the whole model does.
void TestPrototypeFiles::opensATreesStateDict()
{
    const ModelConfig config = smallProtoTree();
    const std::filesystem::path file = path("tree.safetensors");
    const auto openWith = [&](const std::map<std::string, std::string>& args) {
        writeSafetensors(file, PrototypeFormula(protoTreeTensors(config)), DType::Float32, args);
        auto engine = std::make_unique<Engine>(EngineOptions{});
        engine->open(file);
        return engine;
    };
    const std::string rows = treeRows(*config.prototypes->tree).dump();
    const auto engine = openWith({{"tree", rows}, {"image_size", "fixed:16"}});
    ModelConfig expected = config;
    expected.prototypes->imageSize = 224;
    QVERIFY(engine->model()->config == expected);
    QCOMPARE(toString(*engine->model()->preprocess).c_str(), "fixed:16");
    Engine whole(EngineOptions{});
    whole.open(write("whole.pth", wholeProtoTree().file()));
    QCOMPARE(engine->decode(engine->encode(picture()), {})->logits(),
             whole.decode(whole.encode(picture()), {})->logits());
    const auto larger = openWith({{"tree", rows}, {"img_size", "320"}});
    QCOMPARE(larger->model()->config.prototypes->imageSize, 320);
    QVERIFY(std::ranges::find(larger->model()->assumed, "img_size") == larger->model()->assumed.end());
    QVERIFY(
        openWith({{"tree", rows}, {"kontschieder_normalization", "true"}})->model()->config.prototypes->tree->isNormed);
}

/// A whole model says for which pictures its kernels are made, a state dict leaves it at 224 pixels.
void TestPrototypeFiles::answersAlikeAtAnySize()
{
    const std::filesystem::path state = path("any.safetensors");
    writeSafetensors(state, PrototypeFormula(protoPNetTensors(smallProtoPNet())), DType::Float32, {});
    std::vector<std::vector<float>> logits;
    for (const std::filesystem::path& file : {write("own.pth", wholeProtoPNet().file()), state}) {
        Engine engine(EngineOptions{});
        engine.open(file);
        logits.push_back(engine.decode(engine.encode(picture()), {})->logits());
    }
    for (std::size_t c = 0; c < logits.front().size(); ++c)
        QVERIFY(std::abs(logits[0][c] - logits[1][c]) < 1e-5);
}

void TestPrototypeFiles::sharesOutPrototypes()
{
    Engine engine(EngineOptions{});
    engine.open(write("model.pth", wholeProtoPNet().file()));
    const auto decoding = engine.decode(engine.encode(picture()), {});
    QCOMPARE(decoding->extent().cells(), std::size_t{16});
    for (int c = 0; c < 3; ++c) {
        double previous = HUGE_VAL;
        for (const int head : decoding->rankHeads(0, c)) {
            const auto part = decoding->part(0, head, c);
            QVERIFY(part);
            QCOMPARE(part->prototype / 2, c);
            const std::vector<float> scores = decoding->scores(0, head, c);
            QVERIFY(std::abs(std::ranges::max(scores) - part->similarity) < 1e-5);
            const std::vector<float> shares = decoding->attention(0, head, c);
            QVERIFY(std::abs(std::accumulate(shares.begin(), shares.end(), 0.0) - 1) < 1e-5);
            QVERIFY(part->contribution() <= previous);
            previous = part->contribution();
        }
    }
    QVERIFY(!decoding->tree());
}

void TestPrototypeFiles::followsTheTree()
{
    Engine engine(EngineOptions{});
    engine.open(write("tree.pth", wholeProtoTree().file()));
    const auto decoding = engine.decode(engine.encode(picture()), {});
    const TreeAnswer* tree = decoding->tree();
    QVERIFY(tree);
    QCOMPARE(tree->nodes.size(), std::size_t{5});
    QCOMPARE(tree->path.front(), 0);
    const double leaves = tree->nodes[1].reached + tree->nodes[3].reached + tree->nodes[4].reached;
    QVERIFY(std::abs(leaves - 1) < 1e-6);
    const auto part = decoding->part(0, 0, 0);
    QVERIFY(part);
    QCOMPARE(part->node, 0);
    QCOMPARE(part->prototype, 2);
    QCOMPARE(part->weight, 1.0);
    QCOMPARE(tree->path[1], part->similarity > 0.5 ? 4 : 1);
    const TreeAnswer::Node& root = tree->nodes.front();
    QCOMPARE(root.prototype, 2);
    QCOMPARE(root.presence, part->similarity);
    const std::vector<float> map = decoding->scores(0, 0, 0);
    QVERIFY(map[static_cast<std::size_t>(root.cell)] == std::ranges::max(map));
    QCOMPARE(tree->nodes[static_cast<std::size_t>(root.right)].index, 4);
    const TreeAnswer::Node& leaf = tree->nodes[static_cast<std::size_t>(root.left)];
    QVERIFY(leaf.isLeaf() && leaf.leafClass >= 0 && leaf.leafShare > 1.0 / 3);
    double sum = 0;
    for (const float p : decoding->probabilities())
        sum += p;
    QVERIFY(std::abs(sum - 1) < 1e-5);
}

void TestPrototypeFiles::findsPictures_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("boxes");
    QTest::addColumn<int>("found");
    QTest::addColumn<QString>("remark");
    const auto bytes = [](int rows, int columns) {
        return QByteArray::fromStdString(
            int64Npy(rows, columns, {0, 2, 6, 3, 9, 0, 0, 2, 6, 3, 9, 1, 0, 2, 6, 3, 9, 2}));
    };
    QTest::newRow("no boxes") << "10_18push.pth" << QByteArray() << 0 << "it has no bb*.npy";
    QTest::newRow("boxes of another model") << "10_18push.pth" << bytes(5, 6) << 0 << "expected 6 rows of 6";
    QTest::newRow("cut short") << "10_18push.pth" << bytes(6, 6).left(200) << 0 << "the file has";
    QTest::newRow("no array") << "10_18push.pth" << QByteArray("hello, this is text") << 0 << "expected a NumPy array";
    QTest::newRow("all of them") << "10_18push.pth" << bytes(6, 6) << 2 << "2 of 6 prototypes have their pictures";
    QTest::newRow("by the largest number") << "model.pth" << bytes(6, 6) << 2 << "img/epoch-10";
    QTest::newRow("before the push") << "10nopush.pth" << bytes(6, 6) << 2 << "before its prototypes were pushed";
}

void TestPrototypeFiles::findsPictures()
{
    QFETCH(QString, model);
    QFETCH(QByteArray, boxes);
    QFETCH(int, found);
    QFETCH(QString, remark);
    const QTemporaryDir folder;
    const QString epoch = folder.filePath("img/epoch-10");
    QVERIFY(QDir().mkpath(epoch) && QDir().mkpath(folder.filePath("img/epoch-9")));
    QImage patch(4, 6, QImage::Format_RGB32);
    patch.fill(Qt::red);
    QVERIFY(patch.save(epoch + "/prototype-img0.png") && patch.save(epoch + "/prototype-img5.png"));
    QVERIFY(patch.save(epoch + "/prototype-img-original5.png"));
    if (!boxes.isEmpty()) {
        QFile file(epoch + "/bb10.npy");
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(boxes) == boxes.size());
    }
    const std::string checkpoint = folder.filePath(model).toStdString();
    QFile file(QString::fromStdString(checkpoint));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(wholeProtoPNet().file()));
    file.close();
    Engine engine(EngineOptions{});
    const ModelDescription& opened = engine.open(checkpoint);
    QCOMPARE(static_cast<int>(opened.prototypePictures.pictures.size()), found);
    QString remarks;
    for (const std::string& text : opened.remarks)
        remarks += QString::fromStdString(text) + "\n";
    QVERIFY2(remarks.contains(remark), qPrintable(remarks));
    if (found == 0)
        return;
    const PrototypePicture& last = opened.prototypePictures.pictures.back();
    QCOMPARE(last.prototype, 5);
    QCOMPARE(last.top, 2);
    QCOMPARE(last.right, 9);
    QCOMPARE(last.classIndex, 2);
    QVERIFY(!last.original.empty() && opened.prototypePictures.pictures.front().original.empty());
}

void TestPrototypeFiles::findsPicturesOfNodes_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<int>("found");
    QTest::addColumn<QString>("remark");
    const QString own = "upsampling_results/projected/";
    QTest::newRow("none") << QStringList() << 0 << "no pictures of its prototypes lie near";
    QTest::newRow("of two other stages, nobody knows which")
        << QStringList{"upsampling_results/a/0_nearest_patch_of_image.png",
                       "upsampling_results/b/0_nearest_patch_of_image.png"}
        << 0 << "no pictures of its prototypes lie near";
    QTest::newRow("of a leaf and of no node")
        << QStringList{own + "1_nearest_patch_of_image.png", own + "99_nearest_patch_of_image.png"} << 0
        << "0 of 2 nodes have their pictures";
    QTest::newRow("of its own stage") << QStringList{own + "0_nearest_patch_of_image.png",
                                                     own + "4_nearest_patch_of_image.png", own + "4_original_image.png",
                                                     "upsampling_results/b/0_nearest_patch_of_image.png"}
                                      << 2 << "2 of 2 nodes have their pictures in upsampling_results/projected";
    QTest::newRow("of the only stage there is") << QStringList{"upsampling_results/b/4_nearest_patch_of_image.png"} << 1
                                                << "1 of 2 nodes have their pictures in upsampling_results/b";
}

void TestPrototypeFiles::findsPicturesOfNodes()
{
    QFETCH(const QStringList, files);
    QFETCH(int, found);
    QFETCH(QString, remark);
    const QTemporaryDir folder;
    for (const QString& name : files) {
        const QFileInfo file(folder.filePath(name));
        QVERIFY(QDir().mkpath(file.path()));
        QVERIFY(QFile(file.filePath()).open(QIODevice::WriteOnly));
    }
    const QString beside = folder.filePath("checkpoints/projected");
    QVERIFY(QDir().mkpath(beside));
    QFile file(beside + "/model.pth");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(wholeProtoTree().file()));
    file.close();
    Engine engine(EngineOptions{});
    const ModelDescription& opened = engine.open(file.fileName().toStdString());
    QCOMPARE(static_cast<int>(opened.prototypePictures.pictures.size()), found);
    QString remarks;
    for (const std::string& text : opened.remarks)
        remarks += QString::fromStdString(text) + "\n";
    QVERIFY2(remarks.contains(remark), qPrintable(remarks));
    if (found == 2) {
        QCOMPARE(opened.prototypePictures.pictures.front().prototype, 0); // of node 4
        QVERIFY(!opened.prototypePictures.pictures.front().original.empty());
        QVERIFY(opened.prototypePictures.pictures.back().original.empty());
    }
}

void TestPrototypeFiles::leavesPicturesOfAnotherState_data()
{
    QTest::addColumn<PictureOwner>("owner");
    QTest::addColumn<QByteArray>("searched");
    QTest::addColumn<QString>("why");
    const QByteArray ours = R"({"model": "ab", "key": "k"})";
    QTest::newRow("in mid training") << PictureOwner{"", "ab"} << QByteArray() << "the last state of a training";
    QTest::newRow("of another epoch") << PictureOwner{"img/epoch-2", "ab"} << QByteArray() << "were in img/epoch-2";
    QTest::newRow("outside the folder") << PictureOwner{"../img/epoch-10", "ab"} << QByteArray()
                                        << "were in ../img/epoch-10";
    QTest::newRow("searched for another") << PictureOwner{{}, "cd"} << ours << "prototypes of another file";
    QTest::newRow("searched, nobody knows for whom") << PictureOwner{{}, "ab"} << QByteArray("{}") << "another file";
    QTest::newRow("no JSON") << PictureOwner{{}, "ab"} << QByteArray("model") << "another file";
    QTest::newRow("in mid training, searched anew") << PictureOwner{"", "ab"} << ours << QString();
    QTest::newRow("its own") << PictureOwner{"img/epoch-10", "ab"} << QByteArray() << QString();
    QTest::newRow("nobody says") << PictureOwner{{}, "ab"} << QByteArray() << QString();
}

void TestPrototypeFiles::leavesPicturesOfAnotherState()
{
    QFETCH(PictureOwner, owner);
    QFETCH(const QByteArray, searched);
    QFETCH(const QString, why);
    const QTemporaryDir folder;
    const auto write = [&](const QString& name, const std::string& bytes) {
        const QString place = folder.filePath(name);
        QFile file(place);
        return QDir().mkpath(QFileInfo(place).path()) && file.open(QIODevice::WriteOnly) &&
               file.write(QByteArray::fromStdString(bytes)) == static_cast<qint64>(bytes.size());
    };
    QVERIFY(write("img/epoch-10/prototype-img0.png", ""));
    QVERIFY(write("upsampling_results/p/0_nearest_patch_of_image.png", ""));
    QVERIFY(write("img/epoch-10/bb10.npy", int64Npy(6, 6, {0, 2, 6, 3, 9, 0})));
    if (!searched.isEmpty())
        for (const char* where : {"img/epoch-10/nearest.json", "upsampling_results/p/nearest.json"})
            QVERIFY(write(where, searched.toStdString()));
    const std::filesystem::path beside = folder.filePath("checkpoint.pth").toStdString();
    const auto check = [&](const PrototypePictures& found) {
        QCOMPARE(found.pictures.size(), std::size_t{why.isEmpty() ? 1U : 0U});
        QCOMPARE(found.areNearest, why.isEmpty() && !searched.isEmpty());
        const QString remark = QString::fromStdString(found.remarks.back());
        QVERIFY2(remark.contains(why), qPrintable(remark));
    };
    check(findPrototypePictures(beside, 6, owner));
    if (owner.said == "img/epoch-10")
        owner.said = "upsampling_results/p";
    check(findNodePictures(beside, *smallProtoTree().prototypes->tree, owner));
}

/// Of two searches, and of a push, each file gets its own.
void TestPrototypeFiles::findsItsOwnAmongOthers()
{
    const QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& bytes) {
        QFile file(folder.filePath(name));
        return QDir().mkpath(QFileInfo(file.fileName()).path()) && file.open(QIODevice::WriteOnly) &&
               file.write(bytes) == bytes.size();
    };
    for (const char* epoch : {"img/epoch-0", "img/epoch-16"}) {
        QVERIFY(write(QString("%1/prototype-img0.png").arg(epoch), ""));
        QVERIFY(write(QString("%1/bb0.npy").arg(epoch), QByteArray::fromStdString(int64Npy(6, 6, {0, 2, 6, 3, 9, 0}))));
    }
    QVERIFY(write("img/epoch-0/nearest.json", R"({"model": "last"})"));
    const std::filesystem::path beside = folder.filePath("model.pth").toStdString();
    const auto placeOf = [&](const PictureOwner& owner) {
        const PrototypePictures found = findPrototypePictures(beside, 6, owner);
        return found.pictures.empty() ? std::string() : found.pictures.front().patch.parent_path().filename().string();
    };
    QCOMPARE(placeOf({"img/epoch-16", "best"}), std::string("epoch-16"));
    QCOMPARE(placeOf({"", "last"}), std::string("epoch-0"));
    QCOMPARE(placeOf({"", "other"}), std::string());
}

QTEST_GUILESS_MAIN(TestPrototypeFiles)
#include "test_prototype_files.moc"
