// SPDX-License-Identifier: GPL-3.0-or-later
// Edits without a window, as fast as it can, with a journal; tests/scripts/kill_editing.py kills it.
//     scripted_editing FOLDER SEED STEPS
// goes on with the work that a killed one left in the folder. On stdout, a line each, with a hash of all edits:
// "recovered HASH" (or "new HASH"), then "next HASH" before a change is recorded and "done HASH" after it, and
// "memory KILOBYTES STEP" now and then.
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/random.h"
#include "core/edit/edit_change.h"
#include "core/edit/edit_history.h"
#include "core/edit/edit_json.h"
#include "core/edit/mask_shapes.h"
#include "core/session/journal.h"
#include "core/session/lost_work.h"
#include "core/session/record_text.h"

namespace {

using namespace ocellus;
namespace fs = std::filesystem;

constexpr Size pictureSize{600, 400};
constexpr int pictures = 3;
constexpr std::size_t mostEdits = 20;

/// The file is written anew every few changes, so that kills come on the way.
constexpr Journal::Options options{50'000, std::chrono::milliseconds(20)};

[[noreturn]] void giveUp(const Error& error)
{
    std::cerr << error.what() << std::endl;
    _exit(1);
}

Mask randomMask(RandomStream& random)
{
    return ellipseMask(
        pictureSize, {random.uniform(0, 500), random.uniform(0, 300), random.uniform(5, 100), random.uniform(5, 100)});
}

EditStep randomStep(RandomStream& random, const PictureEdits& state)
{
    const std::size_t count = state.edits.size();
    const auto place = [&](std::size_t below) {
        return static_cast<std::size_t>(random.below(static_cast<int>(below)));
    };
    if (count >= mostEdits || (count > 0 && random.chance(0.2)))
        return {"Delete", {EraseEdit{place(count)}}};
    if (count > 1 && random.chance(0.2))
        return {"Move", {MoveEdit{place(count), place(count)}}};
    if (random.chance(0.6))
        return {"Brush", {SetSelection{randomMask(random)}}};
    const Edit edit{"Noise", state.selection.isNone() ? randomMask(random) : state.selection,
                    Noise{random.uniform(0, 50), random.next()}, true};
    return {"Noise", {InsertEdit{place(count + 1), edit}, SetSelection{}}};
}

/// Histories of a few pictures, each change of which is recorded.
class Editing {
public:
    Editing(const fs::path& folder, std::uint64_t seed)
        : m_random(seed),
          m_journal(folder, begin(folder), giveUp, options)
    {
        for (const SessionPicture& picture : m_start.session.pictures) {
            m_paths.push_back(picture.file.path);
            m_histories.emplace_back(picture.edits, m_journal.steps());
        }
        m_journal.wait(); // only then the new one has all of it
        for (LostWork& work : m_lost)
            work.discard();
        say(m_lost.empty() ? "new" : "recovered");
        m_lost.clear();
    }

    void change()
    {
        const auto index = static_cast<std::size_t>(m_random.below(pictures));
        EditHistory& history = m_histories[index];
        const double choice = m_random.uniform();
        if (choice < 0.15)
            history.undo();
        else if (choice < 0.25)
            history.redo();
        else
            history.perform(randomStep(m_random, history.state()));
        say("next");
        m_journal.record(PictureChange{m_paths[index], history.state()});
        m_journal.wait();
        say("done");
    }

private:
    /// What was lost, or a few pictures without edits.
    JournalStart begin(const fs::path& folder)
    {
        m_lost = findLostWork(folder);
        if (!m_lost.empty())
            m_start = {m_lost.front().content().session, {}, true};
        else
            for (int i = 0; i < pictures; ++i)
                m_start.session.pictures.push_back({{folder / ("picture " + std::to_string(i)), "", 0}, {}});
        return m_start;
    }

    void say(const char* what) const
    {
        nlohmann::json states = nlohmann::json::array();
        for (const EditHistory& history : m_histories)
            states.push_back(jsonOf(history.state()));
        std::cout << what << ' ' << sha256(recordText(states)) << std::endl;
    }

    RandomStream m_random;
    std::vector<LostWork> m_lost;
    JournalStart m_start;
    Journal m_journal;
    std::vector<fs::path> m_paths;
    std::vector<EditHistory> m_histories;
};

void sayMemory(int step)
{
    long whole = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> whole >> resident;
    std::cout << "memory " << resident * (sysconf(_SC_PAGESIZE) / 1024) << ' ' << step << std::endl;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::cerr << "usage: scripted_editing FOLDER SEED STEPS\n";
        return 2;
    }
    try {
        constexpr int stepsBetween = 500;
        Editing editing(argv[1], std::stoull(argv[2]));
        for (int step = 1; step <= std::stoi(argv[3]); ++step) {
            editing.change();
            if (step % stepsBetween == 0)
                sayMemory(step);
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}
