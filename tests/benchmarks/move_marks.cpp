// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <QApplication>
#include <QTemporaryDir>

#include "core/data/sample.h"
#include "core/edit/mask_combining.h"
#include "tests/benchmarks/window_user.h"
#include "tools/specimens/dataset_writer.h"
#include "tools/specimens/ring_design.h"
#include "tools/specimens/specimen.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/style/window_style.h"
#include "ui/window/installed_sample.h"

using namespace ocellus;

namespace {

constexpr int species = 12;
constexpr int side = 384;
constexpr double around = 2; // of the mark's mask, in pixels of the picture

/// One species whose ring has a mark like its own at another place.
struct Kind {
    int index = 0, partner = 0;
};

bool isSame(const Colour& a, const Colour& b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

bool isElsewhere(const RingDesign& ring, const Marks& own, const Marks& other)
{
    if (own.size() != 1 || other.size() != 1)
        return false;
    const auto& a = ring.marks[static_cast<std::size_t>(own.front())];
    const auto& b = ring.marks[static_cast<std::size_t>(other.front())];
    return a.wing != b.wing && a.shape == b.shape && isSame(a.colour, b.colour);
}

std::vector<Kind> kinds()
{
    std::vector<Kind> kinds;
    const auto list = speciesList(species);
    for (int index = 0; index < species; ++index) {
        const Species& own = list[static_cast<std::size_t>(index)];
        for (int next = ringPartner(index); next != index; next = ringPartner(next))
            if (isElsewhere(ringDesigns()[static_cast<std::size_t>(own.ring)], own.marks,
                            list[static_cast<std::size_t>(next)].marks))
                kinds.push_back({index, next});
    }
    return kinds;
}

/// The part of the drawn marks that lies in a mark's box.
Mask maskOf(const Specimen& specimen, const DrawnMark& mark)
{
    const PixelBox whole{0, 0, side, side};
    std::vector<std::uint8_t> alpha(specimen.marks.size());
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            if (x + 0.5 >= mark.left && x + 0.5 < mark.left + mark.width && y + 0.5 >= mark.top &&
                y + 0.5 < mark.top + mark.height)
                alpha[static_cast<std::size_t>(y * side + x)] = specimen.marks[static_cast<std::size_t>(y * side + x)];
    return grownBy(Mask({side, side}, whole, alpha), around);
}

/// What the tool that moves pixels does, on both sides.
EditList movedMarks(const Individual& individual, const Marks& own, const Marks& other, bool blend)
{
    const Specimen specimen = drawSpecimen(individual, own, side);
    const std::vector<DrawnMark> to = markPlaces(individual, other, side);
    EditList edits;
    for (const DrawnMark& mark : specimen.places) {
        const Mask from = maskOf(specimen, mark);
        for (const DrawnMark& place : to)
            if (place.side == mark.side && !from.empty()) {
                const int dx = static_cast<int>(std::lround(place.centre.x - mark.centre.x));
                const int dy = static_cast<int>(std::lround(place.centre.y - mark.centre.y));
                const Mask moved = translated(from, dx, dy);
                edits.push_back({"move", moved, CopyPatch{-dx, -dy, blend, nullptr}});
                edits.push_back({"remove", subtracted(from, moved), Inpaint{}});
            }
    }
    return edits;
}

} // namespace

/// Moves the marks of fresh specimens to where their ring partner has them, as the tool that moves pixels does, and
/// counts how often the model then names the partner. `move_marks [SPECIMENS PER SPECIES [SEED]]`.
int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new WindowStyle);
    const QTemporaryDir folder;
    DatasetOptions options;
    options.out = toPath(folder.filePath(QStringLiteral("fresh")));
    options.species = species;
    options.train = 0;
    options.val = argc > 1 ? std::atoi(argv[1]) : 50;
    options.seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20'261'128;
    options.side = side;
    DatasetWriter(options).write({}, [](std::size_t, const std::string&) {});

    WindowUser user;
    ViewRequest request = user.document().request();
    EngineWorker worker(1e9);
    const EngineWorker::Announcements nobody{[](const auto&...) {}, [](const auto&) {}, [](const auto&) {},
                                             [](const auto&) {}};
    const auto list = speciesList(species);
    for (const bool blend : {true, false})
        for (const Kind& kind : kinds()) {
            const Species& own = list[static_cast<std::size_t>(kind.index)];
            const Species& other = list[static_cast<std::size_t>(kind.partner)];
            int moved = 0, stayed = 0;
            for (int number = 0; number < options.val; ++number) {
                char name[16];
                std::snprintf(name, sizeof name, "%04d.jpg", number + 1);
                request.picture = options.out / "val" / own.name / name;
                const Individual individual = makeIndividual({options.seed, Split::Val, kind.index, number});
                request.edits = movedMarks(individual, own.marks, other.marks, blend);
                const ViewResult result = worker.view(request, {}, nobody);
                const QString said = user.document().classNames().name(bestClass(*result.decoding)).replace(' ', '_');
                moved += said.toStdString() == other.name;
                stayed += said.toStdString() == own.name;
            }
            std::printf("%-20s moved to the place of %-20s (%s): the partner in %d of %d, itself in %d\n",
                        own.name.c_str(), other.name.c_str(), blend ? "blended in" : "as it is", moved, options.val,
                        stayed);
            std::fflush(stdout);
        }
    return 0;
}
