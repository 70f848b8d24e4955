// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/dataset_choice.h"

#include <utility>

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
    if (choice.part.empty()) {
        for (const DatasetMember& member : set.state.members)
            if (member.takesPart() && member.split == PictureSplit::Val)
                return PictureSplit::Val;
        return std::nullopt;
    }
    const std::optional<PictureSplit> part = splitFromWord(choice.part);
    if (!part)
        throw Error(ErrorCode::BadArgument, "--subset",
                    "expected train, val, test or all, got \"" + choice.part + "\"");
    return part;
}

DataClasses classesOfDataset(const std::optional<ClassTable>& given, const ModelDescription& model,
                             const NamedDataset& set, std::optional<FolderOrder> order)
{
    if (given || !model.classNames.empty())
        return {classesOf(given, model, order), "name"};
    ClassTable table;
    for (const std::string& name : set.state.classNames)
        table.entries.push_back({name, {}});
    table.source = set.file.string();
    table.reading = "the data set's classes in byte order";
    requireCount(table, model.offer.classes);
    return {std::move(table), "order"};
}

} // namespace ocellus
