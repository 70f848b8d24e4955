// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/cluster_job.h"

#include <algorithm>

#include <system_error>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/training/training_run.h"

namespace ocellus {

namespace {

/// As bash takes one word.
QString quoted(QString word)
{
    return '\'' + word.replace('\'', QStringLiteral("'\\''")) + '\'';
}

// As packaging/slurm/train.sbatch, for a folder that has everything.
constexpr const char* before = R"(#!/bin/bash
# Trains a model of one's own species, one process a GPU. Copy this folder and the pictures to where all nodes see them,
# with the same way from one to the other, and there: sbatch job.sbatch. When it has ended, copy the folder back and add
# it in the window: Own species, Training, Add a run.
#SBATCH --job-name=ocellus-train
#SBATCH --nodes=1
#SBATCH --ntasks-per-node=4
#SBATCH --gpus-per-node=4
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
# Ten minutes before the end the processes finish their step, save and stop; sent again, the job goes on.
#SBATCH --signal=TERM@600
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=output.txt
set -euo pipefail
cd "${SLURM_SUBMIT_DIR:-$(dirname "$0")}"

nodes=$(scontrol show hostnames "$SLURM_JOB_NODELIST")
export MASTER_ADDR=${nodes%%$'\n'*}
export MASTER_PORT=$((20000 + SLURM_JOB_ID % 20000))

resume=()
if [[ -e checkpoint.pth ]]; then
    resume=(--resume)
fi

exec srun --kill-on-bad-exit=1 "${OCELLUS_CLI:-ocellus-cli}" train --dataset data.ocellus-dataset --out . \
    --threads "$SLURM_CPUS_PER_TASK" --workers "$SLURM_CPUS_PER_TASK" ${resume[@]+"${resume[@]}"})";

/// The weights come along: a node does not see this machine's files. By a name that no file of the run has.
QStringList withWeightsIn(const std::filesystem::path& folder, QStringList options)
{
    for (qsizetype i = 0; i + 1 < options.size(); ++i) {
        if (options[i] != QLatin1String("--finetune") && options[i] != QLatin1String("--backbone-weights"))
            continue;
        const std::filesystem::path weights = toPath(options[i + 1]);
        std::error_code failure;
        if (!std::filesystem::is_regular_file(weights, failure))
            continue; // "none"
        const std::filesystem::path name = "start-" + weights.filename().string();
        std::filesystem::copy_file(weights, folder / name, std::filesystem::copy_options::overwrite_existing, failure);
        if (failure)
            throw Error(ErrorCode::Unreadable, weights.string(),
                        "cannot be copied to " + (folder / name).string() + ": " + failure.message());
        options[i + 1] = QStringLiteral("./") + toQString(name);
    }
    return options;
}

/// The job sets these by what Slurm gives it.
QStringList withoutThreads(QStringList options)
{
    for (const char* option : {"--threads", "--workers"})
        if (const qsizetype at = options.indexOf(QLatin1String(option)); at >= 0)
            options.remove(at, std::min<qsizetype>(2, options.size() - at));
    return options;
}

} // namespace

QString clusterJobText(const RunRecord& record)
{
    QString text = QString::fromLatin1(before);
    for (const QString& option : record.options)
        text += ' ' + quoted(option);
    return text + '\n';
}

std::filesystem::path writeClusterJob(const std::filesystem::path& folder, const RunRecord& record,
                                      const DatasetDocument& dataset)
{
    const std::filesystem::path job = folder / "job.sbatch";
    if (std::filesystem::exists(job) || std::filesystem::exists(folder / "checkpoint.pth"))
        throw Error(ErrorCode::BadArgument, folder.string(), "expected a folder without a run, got one that has one",
                    "Choose or make another folder");
    writeRunRecord(folder, record); // makes the folder
    dataset.writeCopy(datasetOf(folder));
    RunRecord onNode = record;
    onNode.options = withWeightsIn(folder, withoutThreads(record.options));
    writeRunRecord(folder, onNode);
    writeFileAtomically(job, clusterJobText(onNode).toStdString());
    return job;
}

} // namespace ocellus
