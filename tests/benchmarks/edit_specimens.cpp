// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numbers>
#include <string>
#include <vector>

#include <QApplication>
#include <QDir>
#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "core/data/sample.h"
#include "tests/benchmarks/window_user.h"
#include "tools/specimens/dataset_writer.h"
#include "tools/specimens/specimen.h"
#include "ui/engine/paths.h"
#include "ui/style/window_style.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

constexpr std::uint64_t defaultSeed = 20'261'127; // nothing was ever chosen by these
constexpr int pictureSide = 384;
constexpr int species = 12;
constexpr int roughCorners = 13;
constexpr double leastMargin = 2, mostMargin = 4; // of the outline about the mark, in pixels of the picture
constexpr int smallestPart = 8;                   // pixels of a mark; less is a scrap that nobody sees
constexpr double pupil = 0.5;                     // of an eye-spot's radius

/// One colour, and where to put it.
struct Stroke {
    std::vector<std::uint8_t> place;
    QColor colour;
};

/// What one does to a specimen: its own mark goes, or is given the partner's colour, or the partner's is painted.
struct Task {
    std::string name;
    std::string plain;   ///< what it becomes without its mark
    std::string partner; ///< what it becomes with the other mark of its ring
    std::filesystem::path picture;
    std::vector<std::uint8_t> own;
    bool isRecoloured = false; ///< the partner's mark lies where its own does
    std::vector<Stroke> strokes;
};

QColor meanColour(const Picture& picture, const std::vector<std::uint8_t>& marks)
{
    std::array<double, 3> sum{};
    double count = 0;
    for (std::size_t pixel = 0; pixel < marks.size(); ++pixel)
        if (marks[pixel] > 0) {
            for (std::size_t channel = 0; channel < 3; ++channel)
                sum[channel] += picture.rgb[3 * pixel + channel];
            ++count;
        }
    const auto mean = [&](std::size_t channel) { return static_cast<int>(std::lround(sum[channel] / count)); };
    return count > 0 ? QColor(mean(0), mean(1), mean(2)) : QColor();
}

/// An eye-spot is painted in two strokes, its pupil over its iris.
std::vector<Stroke> strokesOf(const Specimen& specimen, MarkShape shape)
{
    if (shape != MarkShape::Eye)
        return {{specimen.marks, meanColour(specimen.picture, specimen.marks)}};
    const cv::Mat1b mask(pictureSide, pictureSide, const_cast<std::uint8_t*>(specimen.marks.data()));
    cv::Mat1f depth;
    cv::distanceTransform(mask, depth, cv::DIST_L2, cv::DIST_MASK_PRECISE);
    double deepest = 0;
    cv::minMaxLoc(depth, nullptr, &deepest);
    const cv::Mat1b inner = depth > (1 - pupil) * deepest;
    const cv::Mat1b iris = mask & ~inner;
    const auto bytes = [](const cv::Mat1b& part) { return std::vector<std::uint8_t>(part.begin(), part.end()); };
    return {{specimen.marks, meanColour(specimen.picture, bytes(iris))},
            {bytes(inner), meanColour(specimen.picture, bytes(inner))}};
}

Task taskOf(int index, std::uint64_t seed, const std::filesystem::path& fresh)
{
    const auto list = speciesList(species);
    const auto at = [&list](int i) -> const Species& { return list[static_cast<std::size_t>(i)]; };
    const Species& kind = at(index);
    // The ring's other species with a mark.
    const int next = ringPartner(index);
    const Species& partner = at(at(next).marks.empty() ? ringPartner(next) : next);
    const Individual individual = makeIndividual({seed, Split::Val, index, 0});
    const Specimen own = drawSpecimen(individual, kind.marks, pictureSide);
    const Specimen other = drawSpecimen(individual, partner.marks, pictureSide);
    const RingDesign& ring = ringDesigns()[static_cast<std::size_t>(kind.ring)];
    const MarkShape shape = ring.marks[static_cast<std::size_t>(partner.marks.front())].shape;
    Task task{kind.name,
              at(plainOfRing(index)).name,
              partner.name,
              fresh / "val" / kind.name / "0001.jpg",
              own.marks,
              own.marks == other.marks,
              {}};
    if (task.isRecoloured)
        task.strokes = {{own.marks, meanColour(other.picture, other.marks)}};
    else
        task.strokes = strokesOf(other, shape);
    return task;
}

/// The outline that a hand draws about some pixels: straight pieces, now nearer and now farther.
std::vector<Point> roughOutline(const std::vector<cv::Point>& pixels, RandomStream& hand)
{
    constexpr double turn = 2 * std::numbers::pi / roughCorners;
    const double start = hand.uniform(0, turn);
    std::vector<double> reach;
    for (int side = 0; side < roughCorners; ++side) {
        double farthest = -1e9;
        for (const cv::Point& pixel : pixels)
            farthest = std::max(farthest, (pixel.x + 0.5) * std::cos(start + side * turn) +
                                              (pixel.y + 0.5) * std::sin(start + side * turn));
        reach.push_back(farthest + hand.uniform(leastMargin, mostMargin));
    }
    // Corners are where neighbouring sides meet.
    std::vector<Point> corners;
    for (int side = 0; side < roughCorners; ++side) {
        const double a = start + side * turn, b = a + turn;
        const double ra = reach[static_cast<std::size_t>(side)];
        const double rb = reach[static_cast<std::size_t>((side + 1) % roughCorners)];
        corners.push_back({(ra * std::sin(b) - rb * std::sin(a)) / std::sin(turn),
                           (rb * std::cos(a) - ra * std::cos(b)) / std::sin(turn)});
    }
    return corners;
}

/// One outline a part of the mark; parts that almost touch are one.
std::vector<std::vector<Point>> roughOutlines(const std::vector<std::uint8_t>& marks, RandomStream& hand)
{
    const cv::Mat mask(pictureSide, pictureSide, CV_8UC1, const_cast<std::uint8_t*>(marks.data()));
    cv::Mat joined, labels;
    cv::dilate(mask, joined, cv::Mat::ones(7, 7, CV_8UC1));
    const int count = cv::connectedComponents(joined, labels);
    std::vector<std::vector<Point>> outlines;
    for (int label = 1; label < count; ++label) {
        std::vector<cv::Point> pixels;
        cv::findNonZero(mask & (labels == label), pixels);
        if (static_cast<int>(pixels.size()) >= smallestPart)
            outlines.push_back(roughOutline(pixels, hand));
    }
    return outlines;
}

/// Does the tasks in the window and prints a line each.
class Study {
public:
    Study(const Sample& sample, std::uint64_t seed, QString folder)
        : m_seed(seed),
          m_folder(std::move(folder)),
          m_user(sample.model)
    {
    }

    void run(const Task& task)
    {
        m_task = &task;
        m_hand = RandomStream{m_seed, static_cast<std::uint64_t>(m_tasks)};
        m_user.open(task.picture);
        bool isAsExpected = note("before") == classOf(task.name);
        m_user.takeTool(m_tasks++ % 2 == 0 ? ToolKind::Lasso : ToolKind::Polygon);
        if (goAroundAll(task.own)) {
            const bool isPlain = removeRegion() == classOf(task.plain);
            ++m_removed;
            m_plain += isPlain ? 1 : 0;
            isAsExpected = isAsExpected && isPlain;
            if (task.isRecoloured)
                m_user.undo(); // what was gone around is selected again
            else
                m_user.click(QStringLiteral("New region"));
        }
        const bool isPartner = paint() == classOf(task.partner);
        m_partners += isPartner ? 1 : 0;
        m_asExpected += isAsExpected && isPartner ? 1 : 0;
        m_user.takeTool(ToolKind::Point);
    }

    void printCounts() const
    {
        std::printf("\nThe mark taken off: the plain species in %d of %d\n"
                    "The mark recoloured, moved or painted: the partner in %d of %d\n"
                    "Everything as it should be: %d of %d\n",
                    m_plain, m_removed, m_partners, m_tasks, m_asExpected, m_tasks);
    }

private:
    /// False where there is nothing to go around.
    bool goAroundAll(const std::vector<std::uint8_t>& marks)
    {
        const std::vector<std::vector<Point>> outlines = roughOutlines(marks, m_hand);
        for (std::size_t part = 0; part < outlines.size(); ++part)
            m_user.goAround(outlines[part], part > 0 ? Qt::AltModifier : Qt::NoModifier);
        return !outlines.empty();
    }

    int removeRegion()
    {
        m_user.click(QStringLiteral("inpaint"));
        m_user.waitForAnswer();
        return note("removed");
    }

    int paint()
    {
        for (std::size_t i = 0; i < m_task->strokes.size(); ++i) {
            const Stroke& stroke = m_task->strokes[i];
            if (i > 0)
                m_user.click(QStringLiteral("New region"));
            if (!m_task->isRecoloured)
                goAroundAll(stroke.place);
            m_user.click(QStringLiteral("take-colour"));
            m_user.chooseColour(stroke.colour);
            m_user.waitForAnswer();
        }
        return note("painted");
    }

    int classOf(const std::string& name)
    {
        Document& document = m_user.document();
        for (int c = 0; c < document.classCount(); ++c)
            if (document.classNames().name(c).replace(' ', '_') == QString::fromStdString(name))
                return c;
        qFatal("the model does not know %s", name.c_str());
        return -1;
    }

    /// Prints and photographs the state, and returns the class that is predicted.
    int note(const char* state)
    {
        const Decoding& decoding = *m_user.answer().result().decoding;
        const int best = bestClass(decoding);
        std::printf("%-20s %-10s %-20s %6.3f   own logit %6.2f   partner's %6.2f (%s)\n", m_task->name.c_str(), state,
                    qPrintable(m_user.document().classNames().name(best)),
                    static_cast<double>(decoding.probability(best)),
                    static_cast<double>(decoding.logit(classOf(m_task->name))),
                    static_cast<double>(decoding.logit(classOf(m_task->partner))), m_task->partner.c_str());
        std::fflush(stdout);
        const QString file = QStringLiteral("%1-%2.png").arg(QString::fromStdString(m_task->name), state);
        if (!m_folder.isEmpty() && !m_user.window().grab().save(QDir(m_folder).filePath(file)))
            qFatal("cannot write %s", qPrintable(file));
        return best;
    }

    std::uint64_t m_seed;
    QString m_folder;
    WindowUser m_user;
    const Task* m_task = nullptr;
    RandomStream m_hand{0};
    int m_tasks = 0, m_removed = 0, m_plain = 0, m_partners = 0, m_asExpected = 0;
};

} // namespace

/// One specimen of each of the sample's species, in the real window: the mark that tells it from its ring partners is
/// gone around by a rough hand and removed, which should give the plain species; then it is given the other mark of its
/// ring, by recolouring its own or by painting the other one where that would be. Prints what the model says each time,
/// and counts. `edit_specimens [FOLDER [SEED]]` saves what the window showed, unless the folder's name is empty.
///
/// The specimens are the first of a data set by which nothing was chosen: which they are was fixed before any of them
/// was looked at.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    const QTemporaryDir folder;
    DatasetOptions options;
    options.out = toPath(folder.filePath(QStringLiteral("fresh")));
    options.species = species;
    options.train = 0;
    options.val = 1;
    options.seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : defaultSeed;
    options.side = pictureSide;
    DatasetWriter(options).write({}, [](std::size_t, const std::string&) {});

    const QString shots = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (!shots.isEmpty() && !QDir().mkpath(shots))
        qFatal("cannot make %s", qPrintable(shots));
    const Sample sample = findSample(installedSample());
    Study study(sample, options.seed, shots);
    for (int index = 0; index < species; ++index)
        study.run(taskOf(index, options.seed, options.out));
    study.printCounts();
    return 0;
}
