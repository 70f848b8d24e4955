// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <functional>
#include <set>

#include <QImage>
#include <QTemporaryDir>

#include "core/edit/apply.h"
#include "core/edit/mask_shapes.h"
#include "core/experiment/experiment_summary.h"
#include "core/image/preprocess.h"
#include "tests/support/error_of.h"
#include "tests/support/formula_checkpoint.h"

using namespace ocellus;

namespace {

constexpr Size size{90, 70};
constexpr int classCount = 5;

Picture pictureOf(const QImage& image)
{
    Picture picture{{image.width(), image.height()}, {}};
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            for (const int value : {qRed(image.pixel(x, y)), qGreen(image.pixel(x, y)), qBlue(image.pixel(x, y))})
                picture.rgb.push_back(static_cast<std::uint8_t>(value));
    return picture;
}

QImage drawnPicture()
{
    QImage picture(size.width, size.height, QImage::Format_RGB32);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            picture.setPixel(x, y, qRgb(x * 2, (y * 3 + 40) % 256, x * y % 256));
    return picture;
}

QImage drawnMask(const QRect& white)
{
    QImage mask(size.width, size.height, QImage::Format_Grayscale8);
    mask.fill(Qt::black);
    for (int y = white.top(); y <= white.bottom(); ++y)
        for (int x = white.left(); x <= white.right(); ++x)
            mask.scanLine(y)[x] = 255;
    return mask;
}

constexpr double tolerance = 1e-4;

} // namespace

/// Recipes done to pictures with a small model whose weights are a formula's.
class TestEditExperiment : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void refuses_data();
    void refuses();
    void fails_data();
    void fails();
    void skips_data();
    void skips();
    void tellsWhatRowsDependOn_data();
    void tellsWhatRowsDependOn();
    void tellsWhatAPicturesRowDependsOn();
    void findsMasks();
    void findsParts();
    void findsNamedMasks();
    void findsAttention();
    void growsAndSoftens();
    void agreesWithTheEngine();
    void comparesWithControls();
    void saysWhereControlsAreShort();
    void stops();

private:
    EditExperiment::Settings settings(const Region& region, const Operation& operation = MeanFill()) const;
    ExperimentPicture picture(const char* name = "owl.png") const;
    std::shared_ptr<const Decoding> decode(const Picture& pixels);
    FoundRegion find(const EditRecipe& recipe);
    MaskFileRegion masks(const char* folder) const { return {path(folder)}; }
    PartRegion parts(std::vector<std::string> names, const char* file = "parts.csv") const
    {
        return {path(file), std::move(names), 8, PartRegion::Unit::Pixels};
    }
    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    void write(const char* name, const QByteArray& content) const;

    QTemporaryDir m_folder;
    std::unique_ptr<Engine> m_engine;
    Picture m_picture;
    PreprocessOptions m_preprocess{800, 1333, 64};
};

void TestEditExperiment::write(const char* name, const QByteArray& content) const
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

void TestEditExperiment::initTestCase()
{
    for (const char* name : {"model", "plain"}) {
        ModelConfig config = smallConfig(classCount);
        config.backboneWidth = 16;
        if (name == std::string("plain"))
            config.head = HeadKind::Linear;
        writeFormulaCheckpoint(path(name).replace_extension(".safetensors"), config);
    }
    for (const char* folder : {"drawn", "empty", "small", "cut"})
        QVERIFY(QDir(m_folder.path()).mkdir(folder));
    QVERIFY(drawnPicture().save(m_folder.filePath("owl.png")));
    QVERIFY(drawnPicture().save(m_folder.filePath("gull.png")));
    QVERIFY(drawnMask({20, 10, 30, 25}).save(m_folder.filePath("drawn/owl.mask.png")));
    QVERIFY(drawnMask({0, 0, 5, 5}).save(m_folder.filePath("drawn/owl.png")));
    QVERIFY(drawnMask({}).save(m_folder.filePath("empty/owl.png")));
    QVERIFY(QImage(9, 9, QImage::Format_Grayscale8).save(m_folder.filePath("small/owl.png")));
    write("cut/owl.png", "no picture");
    write("broken.png", "no picture");
    write("parts.csv", "file,part,x,y\nowl.png,beak,30,20\nowl.png,tail,70,50\nval/gull.png,beak,20,20\n"
                       "other.png,wing,1,1\n");
    EngineOptions options;
    options.encodingCacheBytes = options.decodingCacheBytes = 0;
    options.followEdits = true;
    options.threads = 1;
    m_engine = std::make_unique<Engine>(options);
    m_engine->open(path("model.safetensors"));
    m_picture = pictureOf(drawnPicture());
}

EditExperiment::Settings TestEditExperiment::settings(const Region& region, const Operation& operation) const
{
    EditExperiment::Settings result;
    result.recipe = {region, 0, 0, operation};
    result.preprocess = m_preprocess;
    return result;
}

ExperimentPicture TestEditExperiment::picture(const char* name) const
{
    return {{path(name), name, {}}, "val", std::nullopt};
}

std::shared_ptr<const Decoding> TestEditExperiment::decode(const Picture& pixels)
{
    return m_engine->decode(m_engine->encode(preprocess(pixels, m_preprocess)), {});
}

FoundRegion TestEditExperiment::find(const EditRecipe& recipe)
{
    const std::shared_ptr<const Decoding> decoding = decode(m_picture);
    const CellGeometry geometry(size, Size{64, 64}, decoding->extent().rows, decoding->extent().columns,
                                m_engine->model()->field);
    return RegionFinder(recipe, {}).find(picture(), *decoding, geometry);
}

void TestEditExperiment::refuses_data()
{
    QTest::addColumn<EditExperiment::Settings>("asked");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no points") << settings(parts({"beak"}, "absent.csv")) << ErrorCode::NotFound;
    QTest::newRow("unknown part") << settings(parts({"beak", "horn"})) << ErrorCode::Mismatch;
    QTest::newRow("recipe") << settings(parts({})) << ErrorCode::BadArgument;
    QTest::newRow("empty mask") << settings(NamedMaskRegion{"wing", Mask(size)}) << ErrorCode::BadArgument;
    QTest::newRow("geometry") << settings(masks("drawn"), Rotate{90}) << ErrorCode::BadArgument;
    EditExperiment::Settings many = settings(masks("drawn"));
    many.controls = 1001;
    QTest::newRow("controls") << many << ErrorCode::BadArgument;
}

void TestEditExperiment::refuses()
{
    QFETCH(EditExperiment::Settings, asked);
    QFETCH(ErrorCode, code);
    QVERIFY(errorOf([&] { EditExperiment{asked}; }) == code);
}

void TestEditExperiment::fails_data()
{
    QTest::addColumn<Region>("region");
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const Region& region, const char* picture, ErrorCode code) {
        QTest::newRow(name) << region << QString(picture) << code;
    };
    using Of = AttentionRegion::Of;
    row("no picture", masks("drawn"), "absent.png", ErrorCode::NotFound);
    row("broken picture", masks("drawn"), "broken.png", ErrorCode::Unsupported);
    row("broken mask", masks("cut"), "owl.png", ErrorCode::Unsupported);
    row("mask of another size", masks("small"), "owl.png", ErrorCode::Mismatch);
    row("class", AttentionRegion{Of::Given, classCount, 0, 0, 0.3}, "owl.png", ErrorCode::BadArgument);
    row("layer", AttentionRegion{Of::Predicted, 0, 3, 0, 0.3}, "owl.png", ErrorCode::BadArgument);
    row("head", AttentionRegion{Of::Predicted, 0, 0, 5, 0.3}, "owl.png", ErrorCode::BadArgument);
}

void TestEditExperiment::fails()
{
    QFETCH(Region, region);
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    const EditExperiment experiment(settings(region));
    const auto got = errorOf([&] { experiment.run(*m_engine, picture(qPrintable(name)), {}); });
    QVERIFY(got.has_value());
    QVERIFY(*got == code || (code == ErrorCode::Unsupported && *got == ErrorCode::Damaged));
}

void TestEditExperiment::skips_data()
{
    QTest::addColumn<Region>("region");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const Region& region, const char* picture, const char* reason) {
        QTest::newRow(name) << region << QString(picture) << QString(reason);
    };
    row("no mask", masks("drawn"), "gull.png", "it has no mask");
    row("no folder of masks", masks("absent"), "owl.png", "it has no mask");
    row("itself is no mask", MaskFileRegion{}, "owl.png", "it has no mask");
    row("empty mask", masks("empty"), "owl.png", "its mask is empty");
    row("part not visible", parts({"tail"}), "gull.png", "no part of the recipe is visible");
    row("no points", parts({"tail"}), "drawn/owl.png", "it has no part points");
    row("class not known", AttentionRegion{AttentionRegion::Of::True, 0, 0, 0, 0.3}, "owl.png",
        "its true class is not known");
    row("a mask for other pictures", NamedMaskRegion{"wing", Mask::whole({5, 5})}, "owl.png",
        "the mask is of a picture of another size");
}

void TestEditExperiment::skips()
{
    QFETCH(Region, region);
    QFETCH(QString, name);
    QFETCH(QString, reason);
    const EditExperiment experiment(settings(region));
    const ExperimentResult result = experiment.run(*m_engine, picture(qPrintable(name)), {});
    QCOMPARE(QString::fromStdString(result.row.skipped), reason);
    QCOMPARE(QString::fromStdString(result.row.picture), name);
    QVERIFY(!result.row.isDone() && result.after.empty());
}

void TestEditExperiment::tellsWhatRowsDependOn_data()
{
    using Change = std::function<void(EditExperiment::Settings&)>;
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("isAnother");
    const auto row = [](const char* name, const Change& change, bool isAnother = true) {
        QTest::newRow(name) << change << isAnother;
    };
    using Settings = EditExperiment::Settings;
    row("operation", [](Settings& asked) { asked.recipe.operation = Blur(); });
    row("region", [](Settings& asked) { std::get<MaskFileRegion>(asked.recipe.region).label = 1; });
    row("feather", [](Settings& asked) { asked.recipe.feather = 1; });
    row("size", [](Settings& asked) { asked.preprocess.fixedSide = 96; });
    row("orientation", [](Settings& asked) { asked.decode.ignoreExif = true; });
    row("colours", [](Settings& asked) { asked.decode.convertToSrgb = true; });
    row("range", [](Settings& asked) { asked.decode.range = parseSampleRange("auto", "range"); });
    row("controls", [](Settings& asked) { asked.controls = 1; });
    row("where controls lie", [](Settings& asked) { asked.onAnimal = false; });
    row("seed", [](Settings& asked) { asked.seed = 2; });
    row(
        "what the engine keeps", [](Settings& asked) { asked.use = EncodeUse::Passing; }, false);
}

void TestEditExperiment::tellsWhatRowsDependOn()
{
    QFETCH(std::function<void(EditExperiment::Settings&)>, change);
    QFETCH(bool, isAnother);
    EditExperiment::Settings other = settings(masks("drawn"));
    const std::string hash = EditExperiment(other).fingerprint();
    change(other);
    QCOMPARE(EditExperiment(other).fingerprint() != hash, isAnother);
}

void TestEditExperiment::tellsWhatAPicturesRowDependsOn()
{
    QVERIFY(QFile::copy(m_folder.filePath("owl.png"), m_folder.filePath("ibis.png")));
    write("changing.csv", "file,part,x,y\nibis.png,beak,30,20\nowl.png,beak,30,20\n");
    ExperimentPicture ibis = picture("ibis.png");
    std::set<std::string> hashes;
    const auto isNew = [&](const Region& region) {
        return hashes.insert(EditExperiment(settings(region)).fingerprint(ibis)).second;
    };
    QVERIFY(isNew(masks("drawn")));
    QVERIFY(!isNew(masks("empty"))); // it has no mask there either
    QVERIFY(drawnMask({1, 1, 5, 5}).save(m_folder.filePath("drawn/ibis.png")));
    QVERIFY(isNew(masks("drawn")));
    QVERIFY(drawnMask({2, 1, 5, 5}).save(m_folder.filePath("drawn/ibis.png")));
    QVERIFY(isNew(masks("drawn")));
    QVERIFY(isNew(parts({"beak"}, "changing.csv")));
    write("changing.csv", "file,part,x,y\nibis.png,beak,30,20\nowl.png,beak,31,20\n");
    QVERIFY(!isNew(parts({"beak"}, "changing.csv"))); // another one's moved
    write("changing.csv", "file,part,x,y\nibis.png,beak,31,20\nowl.png,beak,31,20\n");
    QVERIFY(isNew(parts({"beak"}, "changing.csv")));
    ibis.trueClass = 1;
    QVERIFY(isNew(parts({"beak"}, "changing.csv")));
    ibis.crop = PixelBox{0, 0, 50, 50};
    QVERIFY(isNew(parts({"beak"}, "changing.csv")));
    ibis.file.relative = "other.png";
    QVERIFY(isNew(masks("empty")));
    QVERIFY(drawnPicture().mirrored().save(m_folder.filePath("ibis.png")));
    QVERIFY(isNew(masks("empty")));
    QVERIFY(QFile::remove(m_folder.filePath("ibis.png")));
    QVERIFY(errorOf([&] { isNew(masks("empty")); }) == ErrorCode::NotFound);
}

void TestEditExperiment::findsMasks()
{
    // NAME.mask.png goes before NAME.png.
    QCOMPARE(find({masks("drawn"), 0, 0, Blur()}).mask,
             Mask(size, {20, 10, 30, 25}, std::vector<std::uint8_t>(750, 255)));
}

void TestEditExperiment::findsParts()
{
    const Mask beak = ellipseMask(size, {22, 12, 16, 16});
    QVERIFY(find({parts({"beak"}), 0, 0, Blur()}).mask == beak);
    PartRegion share = parts({"beak"});
    share.unit = PartRegion::Unit::LongerSide;
    share.radius = 8.0 / 90;
    QVERIFY(find({share, 0, 0, Blur()}).mask == beak);
    const Mask both = find({parts({"beak", "tail"}), 0, 0, Blur()}).mask;
    QVERIFY(both.at(30, 20) == 255 && both.at(70, 50) == 255 && both.at(50, 35) == 0);
    // Points given below the parent folder count too.
    const EditExperiment experiment(settings(parts({"beak"})));
    const ExperimentResult gull = experiment.run(*m_engine, picture("gull.png"), {});
    QVERIFY(gull.row.isDone());
    QVERIFY(gull.mask == ellipseMask(size, {12, 12, 16, 16}));
    // So do those given below any folder above it.
    const std::string folder = m_folder.path().section('/', -1).toStdString();
    write("far.csv", QByteArray("file,part,x,y\n") + folder.c_str() + "/owl.png,beak,30,20\n");
    QVERIFY(find({parts({"beak"}, "far.csv"), 0, 0, Blur()}).mask == beak);
}

void TestEditExperiment::findsNamedMasks()
{
    const Mask shared(size, {20, 10, 30, 25}, std::vector<std::uint8_t>(750, 255));
    const Mask own(size, {2, 1, 3, 2}, std::vector<std::uint8_t>(6, 255));
    const EditExperiment experiment(settings(NamedMaskRegion{"wing", shared}));
    QVERIFY(experiment.run(*m_engine, picture(), {}).mask == shared);
    // A picture's own goes before.
    ExperimentPicture owl = picture();
    owl.mask = own;
    QVERIFY(experiment.run(*m_engine, owl, {}).mask == own);
}

void TestEditExperiment::findsAttention()
{
    const std::shared_ptr<const Decoding> decoding = decode(m_picture);
    const int predicted = decoding->classes()[static_cast<std::size_t>(decoding->ranking().front())];
    using Of = AttentionRegion::Of;
    QVERIFY(find({AttentionRegion{Of::Predicted, 0, 0, 0, 1}, 0, 0, Blur()}).mask == Mask::whole(size));
    const Mask mean = find({AttentionRegion{Of::Predicted, 0, 0, 0, 0.2}, 0, 0, Blur()}).mask;
    QVERIFY(!mean.empty() && !(mean == Mask::whole(size)));
    QVERIFY(find({AttentionRegion{Of::Given, predicted, 2, 0, 0.2}, 0, 0, Blur()}).mask == mean);
    // The cells of a fifth of the attention hold at least that much of it.
    const EditExperiment experiment(settings(AttentionRegion{Of::Predicted, 0, 0, 0, 0.2}));
    const ExperimentRow row = experiment.run(*m_engine, picture(), {}).row;
    QVERIFY(row.insideBefore.value() >= 0.2 - 1e-5);
}

void TestEditExperiment::growsAndSoftens()
{
    QVERIFY((find({masks("drawn"), 3, 0, Blur()}).mask.box() == PixelBox{17, 7, 36, 31}));
    QVERIFY((find({masks("drawn"), -3, 0, Blur()}).mask.box() == PixelBox{23, 13, 24, 19}));
    const FoundRegion gone = find({masks("drawn"), -13, 0, Blur()});
    QVERIFY(gone.mask.empty() && !gone.nothing.empty());
    const Mask soft = find({masks("drawn"), 0, 2, Blur()}).mask;
    QVERIFY(soft.at(20, 20) > 0 && soft.at(20, 20) < 255);
}

void TestEditExperiment::agreesWithTheEngine()
{
    const EditExperiment experiment(settings(masks("drawn"), MeanFill{MeanFill::Of::Mask}));
    ExperimentPicture owl = picture();
    owl.trueClass = 1;
    const ExperimentResult result = experiment.run(*m_engine, owl, {});
    const Mask mask(size, {20, 10, 30, 25}, std::vector<std::uint8_t>(750, 255));
    const Picture edited = applyEdits(m_picture, {{"", mask, MeanFill{MeanFill::Of::Mask}, true}});
    QVERIFY(result.before.rgb == m_picture.rgb && result.after.rgb == edited.rgb && result.mask == mask);
    const std::shared_ptr<const Decoding> before = decode(m_picture), after = decode(edited);
    const ExperimentRow& row = result.row;
    QCOMPARE(row.predicted.classIndex, before->classes()[static_cast<std::size_t>(before->ranking().front())]);
    QCOMPARE(row.predictedAfter, after->classes()[static_cast<std::size_t>(after->ranking().front())]);
    QVERIFY(std::abs(row.trueClass->before.logit - before->logit(1)) < tolerance);
    QVERIFY(std::abs(row.trueClass->after.logit - after->logit(1)) < tolerance);
    QVERIFY(std::abs(row.trueClass->after.probability - after->probability(1)) < tolerance);
    QVERIFY(std::abs(row.predicted.change().logit) > 0);
    QCOMPARE(row.selectedShare, 750.0 / 6300);
    QVERIFY(row.changedShare > 0 && row.changedShare <= row.selectedShare);
    QVERIFY(*row.insideBefore > 0 && *row.insideBefore < 1 && *row.insideAfter > 0 && *row.insideAfter < 1);
    QVERIFY(row.controls.empty() && !controlP(row, &ClassStanding::logit));

    Engine plain;
    plain.open(path("plain.safetensors"));
    const EditExperiment withoutMaps(settings(masks("drawn")));
    const ExperimentRow plainRow = withoutMaps.run(plain, owl, {}).row;
    QVERIFY(plainRow.isDone() && !plainRow.insideBefore);
}

void TestEditExperiment::comparesWithControls()
{
    EditExperiment::Settings asked = settings(parts({"beak"}));
    asked.controls = 6;
    asked.onAnimal = false;
    const EditExperiment experiment(asked);
    const ExperimentRow row = experiment.run(*m_engine, picture(), {}).row;
    QCOMPARE(row.controls.size(), std::size_t{6});
    QVERIFY(row.controlShortfall.empty());
    int atLeast = 0;
    for (const ControlEffect& control : row.controls)
        atLeast += std::abs(control.change.logit) >= std::abs(row.predicted.change().logit);
    QCOMPARE(controlP(row, &ClassStanding::logit).value(), (1.0 + atLeast) / 7);
    // Whatever was run before, a picture's controls are the same; another seed gives others.
    const EditExperiment again(asked);
    again.run(*m_engine, picture("gull.png"), {});
    const ExperimentRow same = again.run(*m_engine, picture(), {}).row;
    asked.seed = 2;
    const ExperimentRow other = EditExperiment(asked).run(*m_engine, picture(), {}).row;
    double difference = 0;
    for (std::size_t i = 0; i < row.controls.size(); ++i) {
        QVERIFY(std::abs(same.controls[i].change.logit - row.controls[i].change.logit) < tolerance);
        difference += std::abs(other.controls[i].change.logit - row.controls[i].change.logit);
    }
    QVERIFY(difference > tolerance);
}

void TestEditExperiment::saysWhereControlsAreShort()
{
    EditExperiment::Settings asked = settings(AttentionRegion{AttentionRegion::Of::Predicted, 0, 0, 0, 1});
    asked.controls = 3;
    const ExperimentRow row = EditExperiment(asked).run(*m_engine, picture(), {}).row;
    QVERIFY(row.isDone() && row.controls.empty());
    QCOMPARE(row.controlShortfall, std::string("0 of 3 control places"));
    QCOMPARE(summaryOf(std::span(&row, 1), 1).shortOfControls, 1);
}

void TestEditExperiment::stops()
{
    std::stop_source source;
    source.request_stop();
    const EditExperiment experiment(settings(masks("drawn")));
    QVERIFY(errorOf([&] { experiment.run(*m_engine, picture(), Progress(source.get_token())); }) ==
            ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestEditExperiment)
#include "test_edit_experiment.moc"
