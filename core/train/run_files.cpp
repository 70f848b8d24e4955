// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run_files.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <regex>

#include "core/base/error.h"
#include "core/io/free_disk.h"
#include "core/io/safetensors_writer.h"
#include "core/io/torch_state_dict.h"
#include "core/train/train_args.h"
#include "core/train/training_log.h"

namespace ocellus {
namespace {

namespace fs = std::filesystem;

/// The process that began a file of AtomicFile's, "curves.png.1234-0.part"; 0 for a name of another form.
int writerOf(const std::string& name)
{
    static const std::regex form(R"(.+\.([1-9][0-9]{0,8})-[0-9]{1,2}\.part)");
    std::smatch parts;
    return std::regex_match(name, parts, form) ? std::stoi(parts[1]) : 0;
}

/// True also for 0, which is nobody's: what is not known to be dead is left alone.
bool isAlive(int process)
{
    return process == 0 || kill(process, 0) == 0 || errno == EPERM;
}

} // namespace

RunFiles::RunFiles(std::filesystem::path folder) : m_folder(std::move(folder)) {}

void RunFiles::makeFolder() const
{
    std::error_code failure;
    std::filesystem::create_directories(m_folder, failure);
    if (failure)
        throw Error(ErrorCode::Unreadable, m_folder.string(), "the folder cannot be made: " + failure.message());
}

void RunFiles::removeLeftovers() const
{
    std::error_code ignored;
    for (const std::filesystem::directory_entry& entry : std::filesystem::directory_iterator(m_folder, ignored))
        if (!isAlive(writerOf(entry.path().filename().string())))
            std::filesystem::remove(entry.path(), ignored);
}

void RunFiles::requireFresh() const
{
    if (std::filesystem::exists(checkpoint()))
        throw Error(ErrorCode::BadArgument, m_folder.string(),
                    "expected no earlier run here, got " + checkpoint().filename().string(),
                    "Go on with it by --resume, or choose another --out");
}

void RunFiles::requireRun() const
{
    if (!std::filesystem::exists(checkpoint()))
        throw Error(ErrorCode::NotFound, checkpoint().string(), "expected the checkpoint of a run to resume, got none",
                    "Give the --out of that run, or begin one without --resume");
}

std::uintmax_t RunFiles::bytesFor(const Extent& extent)
{
    // checkpoint.pth, best.pth and one beside the file that it will replace; best.safetensors and model.pt.
    // Pictures of prototypes are there twice too, before they take the place of earlier ones.
    return 3 * (extent.weights + extent.moments) + 2 * extent.weights + 2 * extent.shown;
}

void RunFiles::requireRoom(const Extent& extent) const
{
    std::uintmax_t there = 0;
    for (const std::filesystem::path& file : {checkpoint(), bestCheckpoint(), bestSafetensors(), bestPromptCam()}) {
        std::error_code absent;
        const std::uintmax_t bytes = std::filesystem::file_size(file, absent);
        there += absent ? 0 : bytes;
    }
    for (const char* shown : {"img", "upsampling_results"}) { // of prototypes
        std::error_code ended;
        for (fs::recursive_directory_iterator file(m_folder / shown, ended), end; !ended && file != end;
             file.increment(ended)) {
            std::error_code folder;
            const std::uintmax_t bytes = file->file_size(folder);
            there += folder ? 0 : bytes;
        }
    }
    const std::uintmax_t all = bytesFor(extent);
    requireFreeDisk(m_folder, all - std::min(all, there));
}

void RunFiles::saveBest(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                        const EpochReport& report) const
{
    writeTrainingCheckpoint(bestCheckpoint(), model, moments, state);
    writeSafetensors(bestSafetensors(), model, DType::Float32, trainMetadata(state.args, report));
    if (model.find("vpt.prompt_embeddings"))
        writeTorchStateDict(bestPromptCam(), "model_state_dict", model, state.args);
}

void RunFiles::saveCheckpoint(const TensorSource& model, const TensorSource& moments, const TrainingState& state,
                              const std::vector<EpochReport>& reports) const
{
    writeTrainingLog(log(), reports);
    writeTrainingCheckpoint(checkpoint(), model, moments, state);
}

} // namespace ocellus
