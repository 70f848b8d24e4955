// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include "core/base/error.h"
#include "core/edit/mask_export.h"
#include "core/edit/mask_file.h"

using namespace ocellus;

namespace {

/// One character a pixel: '#' wholly selected, '+' at 128, '-' at 127.
Mask drawn(const std::vector<std::string>& lines)
{
    const Size size{static_cast<int>(lines.front().size()), static_cast<int>(lines.size())};
    std::vector<std::uint8_t> alpha;
    for (const std::string& line : lines)
        for (const char pixel : line)
            alpha.push_back(pixel == '#' ? 255 : pixel == '+' ? 128 : pixel == '-' ? 127 : 0);
    return {size, wholeBox(size), std::move(alpha)};
}

/// Above 0 where the line runs clockwise on the screen.
double area(const std::vector<Point>& line)
{
    double sum = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const Point& to = line[(i + 1) % line.size()];
        sum += line[i].x * to.y - to.x * line[i].y;
    }
    return sum / 2;
}

bool meetsItself(const std::vector<Point>& line)
{
    std::set<std::pair<double, double>> corners;
    for (const Point& corner : line)
        corners.insert({corner.x, corner.y});
    return corners.size() != line.size();
}

std::size_t selectedPixels(const Mask& mask)
{
    return static_cast<std::size_t>(std::ranges::count_if(mask.alpha(), [](int alpha) { return alpha >= 128; }));
}

} // namespace

/// Masks as files.
class TestMaskExport : public QObject {
    Q_OBJECT

private slots:
    void refusesEmptyMasks();
    void refusesOtherPictures();
    void parts_data();
    void parts();
    void anyMaskKeepsItsArea();
    void cornersArePixelEdges();
    void geoJsonIsWhatQuPathReads();
    void severalPartsAreOneAnnotation();
    void hostileNamesStayNames();
    void pngComesBack();
    void pngIsGrey();
};

void TestMaskExport::refusesEmptyMasks()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("mask").toStdString();
    QVERIFY_EXCEPTION_THROWN(maskGeoJson({}), Error);
    for (const Mask& mask : {Mask(), Mask({4, 4})})
        QVERIFY_EXCEPTION_THROWN(writeMaskPng(path, mask), Error);
    for (const Mask& mask : {Mask(), Mask({4, 4}), drawn({"--"})}) {
        const std::vector<NamedMask> masks{{"wing", mask}};
        try {
            writeMaskGeoJson(path, masks);
            QFAIL("an empty mask was written");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::BadArgument);
            QCOMPARE(error.subject(), std::string("wing"));
        }
    }
    QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));
}

void TestMaskExport::refusesOtherPictures()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("mask.png").toStdString();
    QVERIFY_EXCEPTION_THROWN(readMask(path, {3, 2}), Error);
    writeMaskPng(path, drawn({"##", "##"}));
    QVERIFY_EXCEPTION_THROWN(readMask(path, {3, 2}), Error);
    cv::imwrite(path.string(), cv::Mat(2, 3, CV_8UC3, cv::Scalar(0, 0, 255)));
    QVERIFY_EXCEPTION_THROWN(readMask(path, {3, 2}), Error);
    QFile cut(QString::fromStdString(path.string()));
    QVERIFY(cut.resize(20));
    QVERIFY_EXCEPTION_THROWN(readMask(path, {3, 2}), Error);
}

void TestMaskExport::parts_data()
{
    QTest::addColumn<std::vector<std::string>>("lines");
    QTest::addColumn<int>("parts");
    QTest::addColumn<int>("holes");
    using Lines = std::vector<std::string>;
    QTest::newRow("nothing") << Lines{"..", ".."} << 0 << 0;
    QTest::newRow("a pixel") << Lines{"..", ".#"} << 1 << 0;
    QTest::newRow("half and less") << Lines{"+-", "-+"} << 2 << 0;
    QTest::newRow("touching at a corner") << Lines{"#.", ".#"} << 2 << 0;
    QTest::newRow("a ring") << Lines{"###", "#.#", "###"} << 1 << 1;
    QTest::newRow("an island in a ring") << Lines{"#####", "#...#", "#.#.#", "#...#", "#####"} << 2 << 1;
    QTest::newRow("holes that touch at a corner") << Lines{"####", "#.##", "##.#", "####"} << 1 << 2;
    QTest::newRow("a bay that closes at a corner") << Lines{"###.", "#.##", "##.#", "####"} << 1 << 2;
    QTest::newRow("open at a corner") << Lines{".###", "#.##", "####"} << 1 << 1;
    QTest::newRow("a hole around a pixel") << Lines{"#####", "##.##", "#.#.#", "##.##", "#####"} << 2 << 1;
}

void TestMaskExport::parts()
{
    QFETCH(std::vector<std::string>, lines);
    const Mask mask = drawn(lines);
    const std::vector<MaskPart> found = maskParts(mask);
    QTEST(static_cast<int>(found.size()), "parts");
    int holes = 0;
    double whole = 0;
    for (const MaskPart& part : found) {
        QVERIFY(!meetsItself(part.outline));
        QVERIFY(area(part.outline) > 0);
        whole += area(part.outline);
        for (const std::vector<Point>& hole : part.holes) {
            QVERIFY(!meetsItself(hole));
            QVERIFY(area(hole) < 0);
            whole += area(hole);
        }
        holes += static_cast<int>(part.holes.size());
    }
    QTEST(holes, "holes");
    QCOMPARE(whole, static_cast<double>(selectedPixels(mask)));
}

void TestMaskExport::anyMaskKeepsItsArea()
{
    std::mt19937 generator(7);
    for (int run = 0; run < 300; ++run) {
        const Size size{1 + static_cast<int>(generator() % 14), 1 + static_cast<int>(generator() % 14)};
        const unsigned density = 1 + generator() % 9;
        std::vector<std::uint8_t> alpha(wholeBox(size).area());
        for (std::uint8_t& value : alpha)
            value = generator() % 10 < density ? 200 : 0;
        const Mask mask(size, wholeBox(size), alpha);
        double whole = 0;
        for (const MaskPart& part : maskParts(mask)) {
            QVERIFY(area(part.outline) > 0 && !meetsItself(part.outline));
            whole += area(part.outline);
            for (const std::vector<Point>& hole : part.holes) {
                QVERIFY(area(hole) < 0 && !meetsItself(hole));
                whole += area(hole);
            }
        }
        QCOMPARE(whole, static_cast<double>(selectedPixels(mask)));
    }
}

void TestMaskExport::cornersArePixelEdges()
{
    const std::vector<MaskPart> found = maskParts(drawn({".....", "..##.", "..##.", "....."}));
    QCOMPARE(found.size(), std::size_t{1});
    std::set<std::pair<double, double>> corners;
    for (const Point& corner : found.front().outline)
        corners.insert({corner.x, corner.y});
    QVERIFY(corners == (std::set<std::pair<double, double>>{{2, 1}, {4, 1}, {4, 3}, {2, 3}}));
}

void TestMaskExport::geoJsonIsWhatQuPathReads()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("masks.geojson");
    const std::vector<NamedMask> masks{{"ring", drawn({"###", "#.#", "###"})}, {"tail", drawn({"#"})}};
    writeMaskGeoJson(path.toStdString(), masks, MaskClassification{"Wing spot", {1, 2, 255}});
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject collection = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(collection["type"].toString(), QString("FeatureCollection"));
    const QJsonArray features = collection["features"].toArray();
    QCOMPARE(features.size(), 2);
    const QJsonObject ring = features[0].toObject();
    QCOMPARE(ring["type"].toString(), QString("Feature"));
    const QJsonObject properties = ring["properties"].toObject();
    QCOMPARE(properties["objectType"].toString(), QString("annotation"));
    QCOMPARE(properties["name"].toString(), QString("ring"));
    QCOMPARE(properties["classification"].toObject()["name"].toString(), QString("Wing spot"));
    QCOMPARE(properties["classification"].toObject()["color"].toArray(), (QJsonArray{1, 2, 255}));
    const QJsonObject geometry = ring["geometry"].toObject();
    QCOMPARE(geometry["type"].toString(), QString("Polygon"));
    const QJsonArray rings = geometry["coordinates"].toArray();
    QCOMPARE(rings.size(), 2); // the outline and its hole
    for (const QJsonValue& value : rings) {
        QCOMPARE(value.toArray().size(), 5);
        QCOMPARE(value.toArray().first(), value.toArray().last());
    }
    QCOMPARE(features[1].toObject()["geometry"].toObject()["coordinates"].toArray().size(), 1);

    const QByteArray plain = QByteArray::fromStdString(maskGeoJson(std::span(masks).first(1)));
    const QJsonObject first = QJsonDocument::fromJson(plain).object()["features"].toArray()[0].toObject();
    QVERIFY(!first["properties"].toObject().contains("classification"));
}

void TestMaskExport::severalPartsAreOneAnnotation()
{
    const std::vector<NamedMask> masks{{"spots", drawn({"#.#.#"})}};
    const QJsonObject collection = QJsonDocument::fromJson(QByteArray::fromStdString(maskGeoJson(masks))).object();
    QCOMPARE(collection["features"].toArray().size(), 1);
    const QJsonObject geometry = collection["features"].toArray()[0].toObject()["geometry"].toObject();
    QCOMPARE(geometry["type"].toString(), QString("MultiPolygon"));
    QCOMPARE(geometry["coordinates"].toArray().size(), 3);
}

void TestMaskExport::hostileNamesStayNames()
{
    const std::string name = "\"}]}\n\xff\xfe <b>";
    const std::vector<NamedMask> masks{{name, drawn({"#"})}};
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(maskGeoJson(masks)), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    const QJsonObject feature = document.object()["features"].toArray()[0].toObject();
    QVERIFY(feature["properties"].toObject()["name"].toString().startsWith("\"}]}\n"));
}

void TestMaskExport::pngComesBack()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("mask.png").toStdString();
    std::vector<std::uint8_t> alpha(256);
    for (std::size_t i = 0; i < alpha.size(); ++i)
        alpha[i] = static_cast<std::uint8_t>(i);
    const Mask mask({40, 30}, {3, 5, 32, 8}, alpha);
    writeMaskPng(path, mask);
    QVERIFY(readMask(path, {40, 30}) == mask);
}

void TestMaskExport::pngIsGrey()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("mask.png").toStdString();
    writeMaskPng(path, drawn({"#.-"}));
    const cv::Mat image = cv::imread(path.string(), cv::IMREAD_UNCHANGED);
    QCOMPARE(image.type(), CV_8UC1);
    QCOMPARE(int{image.at<std::uint8_t>(0, 0)}, 255);
    QCOMPARE(int{image.at<std::uint8_t>(0, 1)}, 0);
    QCOMPARE(int{image.at<std::uint8_t>(0, 2)}, 127);
}

QTEST_GUILESS_MAIN(TestMaskExport)
#include "test_mask_export.moc"
