// SPDX-License-Identifier: GPL-3.0-or-later
// Memory over very many edits: bench_many_edits [STEPS], 10,000 where it is left out. Changes one edit of the sample's
// picture in the real window again and again, as a slider does, waits for the answer each time, and prints the resident
// memory of the window as it goes.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <QApplication>

#include "app/start/prepare_to_compute.h"
#include "tests/benchmarks/process_cost.h"
#include "tests/benchmarks/window_user.h"
#include "ui/style/window_style.h"

namespace ocellus {
namespace {

struct Spread {
    double least = 0, most = 0;
};

Spread spreadOf(const std::vector<double>& values, std::size_t from, std::size_t to)
{
    const auto [least, most] = std::minmax_element(values.begin() + static_cast<std::ptrdiff_t>(from),
                                                   values.begin() + static_cast<std::ptrdiff_t>(to));
    return {*least, *most};
}

void run(std::size_t steps)
{
    WindowUser user;
    PictureEditor& editor = user.document().editor();
    const Size size = editor.originalSize();
    const PixelBox box{size.width / 3, size.height / 3, size.width / 4, size.height / 4};
    Edit edit;
    edit.mask = Mask(size, box, std::vector<std::uint8_t>(static_cast<std::size_t>(box.width) * box.height, 255));
    std::vector<double> megabytes;
    for (std::size_t step = 0; step < steps; ++step) {
        edit.operation = Recolour{static_cast<double>(step % 360), 1 + static_cast<double>(step / 360) / 100, 0};
        if (step == 0)
            editor.addEdit(edit);
        else
            editor.replaceEdit(0, edit, QStringLiteral("step"));
        user.waitForAnswer();
        megabytes.push_back(statusMegabytes("VmRSS:"));
        if (step % 500 == 499)
            std::printf("%6zu edits %7.1f MB\n", step + 1, megabytes.back());
        std::fflush(stdout);
    }
    if (steps < 5'000)
        return;
    const Spread early = spreadOf(megabytes, steps / 4, steps * 3 / 10);
    const Spread late = spreadOf(megabytes, steps * 8 / 10, steps);
    std::printf("steps %zu to %zu: %.1f to %.1f MB; the last fifth: %.1f to %.1f MB, %+.1f %%\n", steps / 4,
                steps * 3 / 10, early.least, early.most, late.least, late.most, 100 * (late.most / early.most - 1));
}

} // namespace
} // namespace ocellus

int main(int argc, char** argv)
{
    ocellus::prepareToCompute(argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setStyle(new ocellus::WindowStyle);
    constexpr std::size_t usual = 10'000;
    ocellus::run(argc > 1 ? static_cast<std::size_t>(std::atoll(argv[1])) : usual);
    return 0;
}
