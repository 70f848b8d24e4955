// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/state_strip.h"
#include "ui/figures/map_names.h"

#include <algorithm>

#include "core/engine/assumptions_text.h"
#include "core/io/state_dict_origin.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/document/setting_groups.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/source_view.h"
#include "ui/models/architecture_text.h"

namespace ocellus {

namespace {

constexpr int NamedClasses = 12; // in a tool tip

bool isEnabled(const Edit& edit)
{
    return edit.enabled;
}

QString fromText(const std::string& text)
{
    return QString::fromStdString(text);
}

} // namespace

StateStrip::StateStrip(Document& document, LiveAnswer& answer, Settings& settings, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_settings(settings)
{
    connect(&answer, &LiveAnswer::explanationChanged, this, &StateStrip::refresh);
    connect(&answer, &LiveAnswer::resultChanged, this, &StateStrip::refresh);
    connect(&document, &Document::interventionChanged, this, &StateStrip::refresh);
    connect(&document.editor(), &PictureEditor::editsChanged, this, &StateStrip::refresh);
    connect(&settings, &Settings::changed, this, &StateStrip::refresh);
}

void StateStrip::addChips(StateChips& chips)
{
    m_strips.push_back(&chips);
    connect(&chips, &StateChips::removed, this, &StateStrip::switchOff);
    refresh();
}

void StateStrip::switchOff(const QString& id)
{
    const auto found = std::ranges::find(m_entries, id, [](const auto& entry) { return entry.first.id; });
    if (found != m_entries.end() && found->second)
        std::function(found->second)(); // it may come back here
}

void StateStrip::refresh()
{
    m_entries.clear();
    if (const Explanation shown = m_answer.explanation(); !shown.isEmpty()) {
        addAnswer(shown);
        addLimit(shown);
        addEdits();
        addIntervention();
        addModel();
        addFacts();
        addInput();
        addPrecision();
        addDecoding();
        addDisplay(shown);
    }
    QList<StateChip> chips;
    for (const auto& [chip, off] : m_entries)
        chips << chip;
    for (StateChips* strip : m_strips)
        strip->setChips(chips);
}

void StateStrip::add(const StateChip& chip, std::function<void()> off)
{
    m_entries.emplace_back(chip, std::move(off));
    m_entries.back().first.isRemovable = m_entries.back().second != nullptr;
}

void StateStrip::addAnswer(const Explanation& shown)
{
    if (m_answer.result().isDraft)
        add({.id = QStringLiteral("draft"),
             .text = tr("draft"),
             .toolTip = tr("Computed at half the resolution: the numbers differ a little. The exact answer follows."),
             .isWarning = true});
    for (const QString& fact : FigureText::subject(shown))
        add({.id = QStringLiteral("subject ") + fact,
             .text = fact,
             .toolTip =
                 shown.geometry.seesAll() || fact != FigureText::subject(shown).constLast()
                     ? tr("One token looks for all classes: whichever is chosen, the maps are these.")
                     : tr("The model's input is cut out of the picture. Outside the frame there are no maps, and "
                          "edits there change nothing.")});
    if (!shown.decoding->hasClass(shown.classIndex))
        add({.id = QStringLiteral("class"),
             .text = tr("dropped class"),
             .toolTip = tr("This class has left the decoder: it has no map."),
             .isWarning = true});
    else if (!shown.decoding->isActive(shown.classIndex))
        add({.id = QStringLiteral("class"),
             .text = tr("excluded class"),
             .toolTip = tr("A zero vector stands in this class's place: its maps and numbers are those of no class. "
                           "Check it in the class list to let it take part."),
             .isWarning = true});
}

void StateStrip::addLimit(const Explanation& shown)
{
    if (shown.limit.isEmpty())
        return;
    const QuerySet& computed = m_answer.result().key.limit;
    const bool isFilter = computed.mode == LimitMode::All;
    QStringList lines{isFilter ? tr("The list shows these classes only; no number changes:")
                      : computed.mode == LimitMode::Zero
                          ? tr("These classes take part; zero vectors stand in the others' places:")
                          : tr("These classes take part; the others have left the decoder:")};
    const QList<int> active = isFilter ? m_document.limit().active : choiceOf(computed).active;
    for (const int classIndex : active.first(std::min<qsizetype>(active.size(), NamedClasses)))
        lines << m_document.classNames().name(classIndex);
    if (active.size() > NamedClasses)
        lines << QStringLiteral("\u2026");
    const bool isLeaving = !isFilter && m_document.limit().querySet().mode == LimitMode::All;
    add({.id = QStringLiteral("limit"), .text = shown.limit, .toolTip = lines.join('\n'), .isLeaving = isLeaving},
        [this] {
            m_document.setLimit({LimitChoice::Kind::All, m_document.limit().active});
        });
}

void StateStrip::addEdits()
{
    const EditList& edits = m_answer.result().shown.edits;
    const auto count = static_cast<int>(std::ranges::count_if(edits, isEnabled));
    if (count == 0)
        return;
    const bool isLeaving = std::ranges::none_of(m_document.editor().state().edits, isEnabled);
    add({.id = QStringLiteral("edits"),
         .text = tr("%n edit(s)", nullptr, count),
         .toolTip = describe(edits),
         .isLeaving = isLeaving},
        [this] { switchEditsOff(); });
}

/// One step, which undo takes back.
void StateStrip::switchEditsOff()
{
    PictureEditor& editor = m_document.editor();
    std::vector<EditChange> changes;
    const EditList& edits = editor.state().edits;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        if (!edits[i].enabled)
            continue;
        Edit off = edits[i];
        off.enabled = false;
        changes.emplace_back(ReplaceEdit{i, std::move(off)});
    }
    if (!changes.empty())
        editor.perform({tr("Switch all edits off").toStdString(), std::move(changes)});
}

void StateStrip::addIntervention()
{
    const AttentionIntervention& computed = m_answer.result().key.intervention;
    const AttentionIntervention& wanted = m_document.intervention();
    const auto without = [this](int head) {
        AttentionIntervention less = m_document.intervention();
        std::erase(less.heads, head);
        less.cells.erase(head);
        if (!less.hasCells())
            less.rows = less.columns = 0;
        m_document.setIntervention(less.heads.empty() && !less.hasCells() ? AttentionIntervention() : less);
    };
    const Decoding& decoding = *m_answer.result().decoding;
    const MapNames names = MapNames::ofRemovable(decoding, computed.classIndex);
    const QString toolTip = names.areHeads() ? tr("Taken by hand from the attention of %1, in the last layer")
                                                   .arg(m_document.classNames().name(computed.classIndex))
                                             : tr("Taken away by hand, for all classes");
    for (const int head : computed.heads)
        add({.id = QStringLiteral("head %1").arg(head),
             .text = names.areHeads() ? tr("head %1 suppressed").arg(head + 1) : tr("without %1").arg(names.name(head)),
             .toolTip = toolTip,
             .isLeaving = std::ranges::find(wanted.heads, head) == wanted.heads.end()},
            [without, head] { without(head); });
    for (const auto& [head, cells] : computed.cells)
        if (!cells.empty() && std::ranges::find(computed.heads, head) == computed.heads.end())
            add({.id = QStringLiteral("cells %1").arg(head),
                 .text = tr("%1 without %n cell(s)", nullptr, static_cast<int>(cells.size())).arg(names.name(head)),
                 .toolTip = toolTip,
                 .isLeaving = !wanted.cells.contains(head)},
                [without, head = head] { without(head); });
}

void StateStrip::addModel()
{
    const ModelDescription& model = *m_document.model();
    if (model.untrained)
        add({.id = QStringLiteral("untrained"),
             .text = tr("untrained"),
             .toolTip = tr("This model was never trained: its maps and numbers mean nothing."),
             .isWarning = true});
    const ViewResult& result = m_answer.result();
    const QString assumed =
        fromText(result.isDraft ? assumptionsText(model) : assumptionsText(model, result.key.preprocess));
    if (!assumed.isEmpty())
        add({.id = QStringLiteral("assumed"),
             .text = assumed,
             .toolTip =
                 model.assumed.empty()
                     ? tr("Said by you in the Model panel, over what the model's file tells")
                     : tr("Nothing in the model's file or beside it tells what is assumed. A wrong setting loads and "
                          "runs, and gives wrong maps. Set it in the Model panel."),
             .isWarning = !model.assumed.empty()});
    if (const QString weights = fromText(noticeOf(model.stateDict)); !weights.isEmpty())
        add({.id = QStringLiteral("weights"),
             .text = weights,
             .toolTip = tr("Which weights of the model's file these are")});
}

/// What was chosen about the reading of the file is switched off; what the file is, is only said.
void StateStrip::addFacts()
{
    const ViewResult& result = m_answer.result();
    const PictureFacts& facts = result.shown.facts;
    const DecodeOptions wanted = decodeOptions(m_settings);
    const bool hasRange = facts.isDeep && result.key.decode.range != SampleRange();
    for (const std::string& notice : notices(facts)) {
        const bool isRange = hasRange && notice.starts_with("samples ");
        const bool isColour = facts.isConverted && notice.starts_with(facts.profile);
        std::function<void()> off;
        if (isRange)
            off = [this] { m_settings.setValue(Setting::SampleRange, QStringLiteral("full")); };
        else if (isColour)
            off = [this] { m_settings.setValue(Setting::ConvertToSrgb, false); };
        add({.id = QStringLiteral("fact ") + fromText(notice),
             .text = fromText(notice),
             .toolTip = fromText(remarkText(facts)),
             .isWarning = facts.isDoubtful(),
             .isLeaving = (isRange && wanted.range == SampleRange()) || (isColour && !wanted.convertToSrgb)},
            std::move(off));
    }
}

void StateStrip::addInput()
{
    const ModelDescription& model = *m_document.model();
    const PreprocessOptions& used = m_answer.result().key.preprocess;
    if (m_answer.result().isDraft || !isOtherInput(used, model))
        return;
    const bool isAssumed = std::ranges::find(model.assumed, "preprocessing") != model.assumed.end();
    add({.id = QStringLiteral("input"),
         .text = tr("input: %1").arg(sizeText(used)),
         .toolTip =
             (isAssumed
                  ? tr("Not as such models usually are trained: %1. The file does not say; numbers and maps are "
                       "others.")
                  : tr("Not as the model's file says: %1. It was trained with that; numbers and maps are others."))
                 .arg(sizeText(*model.preprocess)),
         .isLeaving = m_settings.boolean(Setting::ModelsOwnSize)},
        [this] { m_settings.setValue(Setting::ModelsOwnSize, true); });
}

void StateStrip::addPrecision()
{
    const Precision& precision = m_answer.result().key.precision;
    const EngineOptions wanted = engineOptions(m_settings);
    if (precision.tf32)
        add({.id = QStringLiteral("tf32"),
             .text = tr("computed on GPU in TF32"),
             .toolTip = tr("Matrix products are rounded to 10-bit mantissas, so numbers differ a little from a CPU's"),
             .isLeaving = !wanted.tf32},
            [this] { m_settings.setValue(Setting::Tf32, false); });
    if (precision.half)
        add({.id = QStringLiteral("half"),
             .text = tr("computed on GPU in half precision"),
             .toolTip = tr("Numbers of 16 bits: they differ from a CPU's in the third digit or so"),
             .isLeaving = !wanted.half},
            [this] { m_settings.setValue(Setting::Half, false); });
}

void StateStrip::addDecoding()
{
    const DecodeOptions& decode = m_answer.result().key.decode;
    const DecodeOptions wanted = decodeOptions(m_settings);
    if (decode.ignoreExif)
        add({.id = QStringLiteral("exif"),
             .text = tr("EXIF orientation ignored"),
             .toolTip = tr("Pixels as they are stored, as INTR's released code takes them"),
             .isLeaving = !wanted.ignoreExif},
            [this] { m_settings.setValue(Setting::IgnoreExif, false); });
}

void StateStrip::addDisplay(const Explanation& shown)
{
    const auto set = [this](auto&& change) {
        return [this, change] {
            DisplayChoice display = m_document.display();
            change(display);
            m_document.setDisplay(display);
        };
    };
    if (shown.source && !m_document.display().source.source.empty())
        add({.id = QStringLiteral("source"),
             .text = tr("maps by %1").arg(shown.source->name),
             .toolTip = tr("%1. Off: the model's own").arg(FigureText::madeBySource(shown))},
            set([](DisplayChoice& display) { display.source = {}; }));
    if (shown.style.perMapStretch)
        add({.id = QStringLiteral("stretched"),
             .text = tr("stretched per map"),
             .toolTip = tr("Each map has its own range of colours: tiles cannot be compared with each other"),
             .isWarning = true},
            set([](DisplayChoice& display) { display.style.perMapStretch = false; }));
    if (m_document.display().lockRange)
        add({.id = QStringLiteral("locked"),
             .text = tr("range locked"),
             .toolTip = tr("The range of the colours is held across classes and pictures")},
            set([](DisplayChoice& display) { display.lockRange = false; }));
    if (shown.style.threshold)
        add({.id = QStringLiteral("threshold"),
             .text = tr("hidden below %1").arg(FigureText::timesUniform(*shown.style.threshold)),
             .toolTip = tr("Nothing is drawn where a map is lower than this multiple of an even spread")},
            set([](DisplayChoice& display) { display.style.threshold.reset(); }));
    // A patch is where its cell is, stretched or not.
    if (shown.style.placement == Placement::AsPublished && shown.field.start * 2 != shown.field.stride)
        add({.id = QStringLiteral("placement"),
             .text = tr("placed as published"),
             .toolTip = tr("Maps are stretched over the picture as in published figures: half a cell too far to the "
                           "lower right")},
            set([](DisplayChoice& display) { display.style.placement = Placement::Receptive; }));
    if (const int last = shown.decoding->extent().layers - 1; shown.layer < last && !shown.source)
        add({.id = QStringLiteral("layer"),
             .text = FigureText::layer(shown),
             .toolTip = tr("The maps of an earlier layer: the last one decides the logits")},
            set([last](DisplayChoice& display) { display.layer = last; }));
}

} // namespace ocellus
