// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/models_run.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include "app/cli/class_label.h"
#include "app/cli/console.h"
#include "app/cli/explanation_in_figure.h"
#include "core/base/error.h"
#include "core/dataset/dataset_listing.h"
#include "core/evaluation/class_of_model.h"
#include "core/evaluation/data_classes.h"
#include "core/explain/stand_in.h"
#include "core/image/preprocess.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/matrix_csv.h"
#include "ui/figures/matrix_figure.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr int shownMaps = 3;
constexpr double pointsPerInch = 72, pageResolution = 150;

void printAnswer(const PlannedPicture& planned, const ModelOfMatrix& said, const ClassTable& table)
{
    std::cout << oneLine(planned.label) << '\t' << oneLine(said.title.toStdString()) << '\t' << said.predicted << '\t'
              << oneLine(table.entries[static_cast<std::size_t>(said.predicted)].name) << '\t'
              << numberText(said.explanation.decoding->probability(said.predicted)) << std::endl;
}

} // namespace

ModelsRun::ModelsRun(const std::vector<fs::path>& checkpoints, const std::optional<ClassTable>& given,
                     std::optional<FolderOrder> order, Settings settings, const std::stop_token& stop)
    : m_settings(std::move(settings))
{
    for (const fs::path& checkpoint : checkpoints) {
        auto member = std::make_unique<Member>(m_settings.engine);
        const ModelDescription& model = member->engine.open(checkpoint, Progress(stop));
        requireClasses(model, checkpoint.string());
        // The table is the first model's: others have names of their own, or the same number of classes.
        const bool isFirst = m_members.empty();
        const bool fits = given && model.classNames.empty() && given->count() == model.offer.classes;
        member->table = isFirst || fits ? classesOf(given, model, order) : classesOf({}, model, order);
        member->patches = std::make_unique<PatchShelf>(model);
        m_members.push_back(std::move(member));
    }
    m_titles = modelTitles(checkpoints);
    m_classes = std::make_unique<const ClassFinder>(m_members.front()->table);
    m_settings.terms = resolve(m_settings.terms, m_members.front()->table, {});
}

int ModelsRun::explainAll(const std::vector<PlannedPicture>& pictures, const std::stop_token& stop)
{
    bool allWorked = true;
    TerminalProgress terminal(pictures.size());
    for (std::size_t index = 0; index < pictures.size() && !stop.stop_requested(); ++index) {
        terminal.begin(index, pictures[index].label);
        try {
            allWorked = explain(pictures[index], terminal, Progress(stop)) && allWorked;
        } catch (const std::exception& error) {
            allWorked = false;
            if (!stop.stop_requested())
                terminal.aside([&] { printError(describe(error, pictures[index].input.string())); });
        }
    }
    terminal.clear();
    return allWorked && !stop.stop_requested() ? ExitSuccess : ExitFailure;
}

std::optional<int> ModelsRun::trueClass(const PlannedPicture& planned) const
{
    const std::vector<int> meant =
        m_classes->meant(fs::absolute(planned.input).lexically_normal().parent_path().filename().string());
    return meant.size() == 1 ? std::optional(meant.front()) : std::nullopt;
}

bool ModelsRun::explain(const PlannedPicture& planned, TerminalProgress& terminal, const Progress& progress)
{
    DecodedPicture decoded = decodeWithFacts(planned.input, m_settings.decode);
    decoded.picture = shownPart(std::move(decoded.picture), planned.crop, planned.input);
    const ClassTable& table = m_members.front()->table;
    const std::optional<int> truth = trueClass(planned);
    const QString trueName = truth ? classLabel(table, *truth) : QString();
    std::vector<MatrixRow> rows;
    std::optional<int> classIndex; // the first model's
    bool haveAllAnswered = true;
    for (const std::unique_ptr<Member>& member : m_members) {
        const QString& title = m_titles[static_cast<qsizetype>(rows.size())];
        try {
            ModelOfMatrix said = ask(*member, planned, decoded, classIndex, progress);
            said.title = title;
            said.trueName = trueName;
            said.isTrue = truth && truth == classIndex;
            printAnswer(planned, said, member->table);
            rows.push_back(modelRow(said, shownMaps));
        } catch (const std::exception& error) {
            if (!classIndex || progress.stopToken().stop_requested())
                throw;
            haveAllAnswered = false;
            const std::string why = describe(error, title.toStdString());
            terminal.aside([&] { printError(why); });
            rows.push_back(rowWithoutAnswer(title, trueName, QString::fromStdString(why)));
        }
    }
    write(planned,
          modelMatrix(
              QStringLiteral("%1 in %2").arg(classLabel(table, *classIndex), QString::fromStdString(planned.label)),
              std::move(rows)));
    return haveAllAnswered;
}

ModelOfMatrix ModelsRun::ask(Member& member, const PlannedPicture& planned, const DecodedPicture& decoded,
                             std::optional<int>& classIndex, const Progress& progress)
{
    const ModelDescription& model = *member.engine.model();
    const PreprocessOptions options = m_settings.preprocess.value_or(model.preprocess.value_or(PreprocessOptions()));
    const ModelInput input = preprocess(decoded.picture, options);
    const std::shared_ptr<const Encoding> encoding = member.engine.encode(input, progress);
    const std::shared_ptr<const Decoding> decoding = member.engine.decode(encoding, {}, progress);
    if (!classIndex)
        classIndex = queryClasses(m_settings.terms, *decoding).classes.front();
    const std::optional<int> own =
        &member == m_members.front().get() ? classIndex : classOfModel(model, *classIndex, m_members.front()->table);
    ModelOfMatrix said;
    said.hasClass = own.has_value();
    said.predicted = decoding->classes()[static_cast<std::size_t>(decoding->ranking().front())];
    said.predictedName = classLabel(member.table, said.predicted);
    said.probability = decoding->probability(said.predicted);
    Explanation& shown = said.explanation;
    shown = explanationInFigure({model, decoded, decoding, options, input.inputSize, planned.crop, planned.label},
                                {std::nullopt, m_settings.overlay, m_settings.boxes});
    said.details = {shown.modelHash};
    shown.classIndex = own.value_or(said.predicted);
    shown.className = classLabel(member.table, shown.classIndex);
    if (decoding->extent().layers > 0)
        shown.patches = member.patches->of(*decoding, shown.layer, shown.classIndex);
    if (model.classNames.empty() && &member != m_members.front().get())
        said.details += QStringLiteral("classes by their index");
    if (!own || model.offer.mapsTellOfClasses())
        return said;
    shown.subject = MapSubject::Classes; // of the maps that stand in
    StandIn standIn =
        standInFor(member.engine, member.probe, {decoded.picture, options, input, encoding, decoding}, *own, progress);
    said.maps = std::move(standIn.maps);
    said.words = QString::fromStdString(standIn.why);
    return said;
}

void ModelsRun::write(const PlannedPicture& planned, const MapMatrix& matrix) const
{
    createFolder(planned.base.parent_path());
    const auto named = [&planned](const std::string& ending) {
        fs::path path = planned.base;
        path += ".models." + ending;
        return path;
    };
    writeMatrixCsv(named("csv"), matrix);
    if (m_settings.figures == "none")
        return;
    const Figure figure = figureOf(matrix);
    const double resolution =
        m_settings.width ? *m_settings.width * pointsPerInch / figure.size.width() : pageResolution;
    writeFigure(named(m_settings.figures), figure, resolution);
}

} // namespace ocellus
