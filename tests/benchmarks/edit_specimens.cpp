// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
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
#include "ui/window/installed_sample.h"
#include "ui/window/window_style.h"

using namespace ocellus;

namespace {

constexpr std::uint64_t sampleSeed = 7;         // of the pictures that ship
constexpr std::uint64_t freshSeed = 20'261'121; // nothing was ever chosen by these
constexpr int pictureSide = 384;
constexpr int species = 12;
constexpr int roughCorners = 13;
constexpr double leastMargin = 2, mostMargin = 4; // of the outline about the mark, in pixels of the picture
constexpr int smallestPart = 8;                   // pixels of a mark; less is a scrap that nobody sees

/// Which specimen: those of the sample's pairs are the second to the fourth of their species.
struct Subject {
    int species = 0;
    bool isPair = false;
    int index = 0;
};

const std::vector<Subject> subjects{{0},          {1, true, 3}, {2}, {3},          {4, true, 1}, {5},
                                    {6, true, 2}, {7},          {8}, {9, true, 3}, {10},         {11}};

/// What one does to a specimen: its own mark goes, and where the partner has one, that is painted.
struct Task {
    std::string name;
    std::string partner;
    std::filesystem::path picture;
    std::vector<std::uint8_t> own;
    std::vector<std::uint8_t> partners;
    QColor partnersColour;
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

Task taskOf(const Subject& subject, const Sample& sample, const std::filesystem::path& fresh)
{
    const auto list = speciesList(species);
    const auto& kind = list[static_cast<std::size_t>(subject.species)];
    const auto& partner = list[static_cast<std::size_t>(ringPartner(subject.species))];
    const Individual individual =
        makeIndividual({subject.isPair ? sampleSeed : freshSeed, Split::Val, subject.species, subject.index});
    const Specimen own = drawSpecimen(individual, kind.marks, pictureSide);
    const Specimen other = drawSpecimen(individual, partner.marks, pictureSide);
    Task task{kind.name, partner.name, fresh / "val" / kind.name / "0001.jpg",
              own.marks, other.marks,  meanColour(other.picture, other.marks)};
    if (subject.isPair)
        task.picture = std::ranges::find(sample.pairs, kind.name, &SamplePair::species)->original;
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
    Study(const Sample& sample, QString folder) : m_folder(std::move(folder)), m_user(sample.model) {}

    void run(const Task& task)
    {
        m_task = &task;
        m_hand = RandomStream{freshSeed, static_cast<std::uint64_t>(m_tasks)};
        m_user.open(task.picture);
        const int before = note("before");
        m_user.takeTool(m_tasks++ % 2 == 0 ? ToolKind::Lasso : ToolKind::Polygon);
        int after = before;
        if (goAroundAll(task.own)) {
            after = removeRegion();
            ++m_removed;
            m_flippedByRemoving += after != before ? 1 : 0;
            m_user.click(QStringLiteral("New region"));
        }
        if (goAroundAll(task.partners))
            after = recolourRegion();
        m_flipped += after != before ? 1 : 0;
        m_partners += after == classOf(task.partner) ? 1 : 0;
        m_user.takeTool(ToolKind::Point);
    }

    void printCounts() const
    {
        std::printf("\nThe mark removed: another prediction in %d of %d\n"
                    "At the end: another prediction in %d of %d, the partner's in %d\n",
                    m_flippedByRemoving, m_removed, m_flipped, m_tasks, m_partners);
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

    int recolourRegion()
    {
        m_user.click(QStringLiteral("take-colour"));
        m_user.chooseColour(m_task->partnersColour);
        m_user.waitForAnswer();
        return note("recoloured");
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

    QString m_folder;
    WindowUser m_user;
    const Task* m_task = nullptr;
    RandomStream m_hand{0};
    int m_tasks = 0, m_removed = 0, m_flippedByRemoving = 0, m_flipped = 0, m_partners = 0;
};

} // namespace

/// One specimen of each of the sample's species, in the real window: the mark that tells it from its ring partners is
/// gone around by a rough hand and removed; where the partner has a mark, its place is gone around and given its
/// colour. Prints what the model says before and after, and counts. With a folder, saves what the window showed.
///
/// The specimens of the sample's pairs are taken where there is one, else the first of a data set by which nothing was
/// chosen: which they are was fixed before any of them was looked at.
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
    options.seed = freshSeed;
    options.side = pictureSide;
    DatasetWriter(options).write({}, [](std::size_t, const std::string&) {});

    const QString shots = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (!shots.isEmpty() && !QDir().mkpath(shots))
        qFatal("cannot make %s", qPrintable(shots));
    const Sample sample = findSample(installedSample());
    Study study(sample, shots);
    for (const Subject& subject : subjects)
        study.run(taskOf(subject, sample, options.out));
    study.printCounts();
    return 0;
}
