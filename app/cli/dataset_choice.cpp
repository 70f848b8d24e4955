// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/dataset_choice.h"

#include "core/base/error.h"

namespace ocellus {

CLI::Option* addDatasetOptions(CLI::App& command, DatasetChoice& choice)
{
    CLI::Option* dataset = command.add_option("--dataset", choice.file,
                                              "A data set that `dataset` wrote, with its split, merges and crops");
    command.add_option("--subset", choice.part, "Of --dataset: train, val, test or all (val where there is one)")
        ->check(CLI::IsMember({"train", "val", "test", "all"}))
        ->needs(dataset);
    return dataset;
}

NamedDataset chosenDataset(const DatasetChoice& choice)
{
    return openNamedDataset(choice.file);
}

std::optional<PictureSplit> chosenPart(const DatasetChoice& choice, const NamedDataset& set)
{
    if (choice.part == "all")
        return std::nullopt;
    if (choice.part.empty())
        return usualPart(set.state);
    const std::optional<PictureSplit> part = splitFromWord(choice.part);
    if (!part)
        throw Error(ErrorCode::BadArgument, "--subset",
                    "expected train, val, test or all, got \"" + choice.part + "\"");
    return part;
}

} // namespace ocellus
