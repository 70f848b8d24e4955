<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ocellus::ModelPanel</name>
    <message numerus="yes">
        <source>%n name(s), counted from %1 in the file
from %2</source>
        <translation>
            <numerusform>%n name, counted from %1 in the file
from %2</numerusform>
            <numerusform>%n names, counted from %1 in the file
from %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PrototypeCommands</name>
    <message numerus="yes">
        <source>Found the patches of %n prototype(s) in %1.</source>
        <translation>
            <numerusform>Found the patch of %n prototype in %1.</numerusform>
            <numerusform>Found the patches of %n prototypes in %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PrototypePatchReader</name>
    <message numerus="yes">
        <source>Prototypes have the nearest patch of %n picture(s) in %1: median similarity %2, of at most %3.</source>
        <translation>
            <numerusform>Prototypes have the nearest patch of %n picture in %1: median similarity %2, of at most %3.</numerusform>
            <numerusform>Prototypes have the nearest patch of %n pictures in %1: median similarity %2, of at most %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prototype(s) have none: no picture of their classes was searched.</source>
        <translation>
            <numerusform>%n prototype has none: no picture of its class was searched.</numerusform>
            <numerusform>%n prototypes have none: no picture of their classes was searched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) could not be read.</source>
        <translation>
            <numerusform>%n picture could not be read.</numerusform>
            <numerusform>%n pictures could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PicturesPanel</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n picture(s)</source>
        <translation>
            <numerusform>%1 of %n picture</numerusform>
            <numerusform>%1 of %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PictureNotice</name>
    <message numerus="yes">
        <source>None so far: %1 of %n picture(s) whose folder names a class still wait for the model&apos;s answer.</source>
        <translation>
            <numerusform>None so far: %1 of %n picture whose folder names a class still waits for the model&apos;s answer.</numerusform>
            <numerusform>None so far: %1 of %n pictures whose folder names a class still wait for the model&apos;s answer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None: of %n picture(s) whose folder names a class, none is taken for another; %1 could not be classified.</source>
        <translation>
            <numerusform>None: of %n picture whose folder names a class, none is taken for another; %1 could not be classified.</numerusform>
            <numerusform>None: of %n pictures whose folder names a class, none is taken for another; %1 could not be classified.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>None: each of %n picture(s) whose folder names a class is taken for it.</source>
        <translation>
            <numerusform>None: the %n picture whose folder names a class is taken for it.</numerusform>
            <numerusform>None: each of %n pictures whose folder names a class is taken for it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::EvidenceText</name>
    <message numerus="yes">
        <source>%1 supported, %2 not supported, %3 untested: whether covering the %4 % of the picture that a map shows most takes more from the class&apos;s logit than covering as much %5 (up to %n place(s); p at most 0.05; correction: %6)</source>
        <translation>
            <numerusform>%1 supported, %2 not supported, %3 untested: whether covering the %4 % of the picture that a map shows most takes more from the class&apos;s logit than covering as much %5 (up to %n place; p at most 0.05; correction: %6)</numerusform>
            <numerusform>%1 supported, %2 not supported, %3 untested: whether covering the %4 % of the picture that a map shows most takes more from the class&apos;s logit than covering as much %5 (up to %n places; p at most 0.05; correction: %6)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, corrected for %n prototype(s) %2</source>
        <translation>
            <numerusform>%1</numerusform>
            <numerusform>%1, corrected for %n prototypes %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Holm over %n head(s)</source>
        <translation>
            <numerusform>none: one map</numerusform>
            <numerusform>Holm over %n heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Holm over %n prototype(s)</source>
        <translation>
            <numerusform>none: one map</numerusform>
            <numerusform>Holm over %n prototypes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, corrected for %n head(s) %2</source>
        <translation>
            <numerusform>%1</numerusform>
            <numerusform>%1, corrected for %n heads %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; of %n equally large region(s) elsewhere on the animal (as estimated) </source>
        <translation>
            <numerusform>; of %n equally large region elsewhere on the animal (as estimated) </numerusform>
            <numerusform>; of %n equally large regions elsewhere on the animal (as estimated) </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; of %n equally large region(s) elsewhere in the picture </source>
        <translation>
            <numerusform>; of %n equally large region elsewhere in the picture </numerusform>
            <numerusform>; of %n equally large regions elsewhere in the picture </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; of %n random order(s) </source>
        <translation>
            <numerusform>; of %n random order </numerusform>
            <numerusform>; of %n random orders </numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; of the same pattern at %n other place(s) </source>
        <translation>
            <numerusform>; of the same pattern at %n other place </numerusform>
            <numerusform>; of the same pattern at %n other places </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::SanityItem</name>
    <message numerus="yes">
        <source>Takes the weights away, part by part from the top, and compares the maps of %n picture(s); once for a model</source>
        <translation>
            <numerusform>Takes the weights away, part by part from the top, and compares the maps of %n picture; once for a model</numerusform>
            <numerusform>Takes the weights away, part by part from the top, and compares the maps of %n pictures; once for a model</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::SanityText</name>
    <message numerus="yes">
        <source>%1 · %n picture(s), with random weights up to %2</source>
        <translation>
            <numerusform>%1 · %n picture, with random weights up to %2</numerusform>
            <numerusform>%1 · %n pictures, with random weights up to %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A network with random weights (up to %1) looks elsewhere: over %n picture(s) the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</source>
        <translation>
            <numerusform>A network with random weights (up to %1) looks elsewhere: over %n picture the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</numerusform>
            <numerusform>A network with random weights (up to %1) looks elsewhere: over %n pictures the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A network with random weights (up to %1) looks at much the same: over %n picture(s) the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</source>
        <translation>
            <numerusform>A network with random weights (up to %1) looks at much the same: over %n picture the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</numerusform>
            <numerusform>A network with random weights (up to %1) looks at much the same: over %n pictures the maps of %2 keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::MissingFilesDialog</name>
    <message numerus="yes">
        <source>%n file(s) of the session are not where they were, or hold something else now. Name a folder that has them: all that lie anywhere below it under their own names are taken, each only with the content it had.</source>
        <translation>
            <numerusform>%n file of the session is not where it was, or holds something else now. Name a folder that has it: it is taken from anywhere below under its own name, and only with the content it had.</numerusform>
            <numerusform>%n files of the session are not where they were, or hold something else now. Name a folder that has them: all that lie anywhere below it under their own names are taken, each only with the content it had.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Found below %1: %2 of %n file(s). The others are not there, or hold something else.</source>
        <translation>
            <numerusform>Found below %1: %2 of %n file. What was not found is not there, or holds something else.</numerusform>
            <numerusform>Found below %1: %2 of %n files. The others are not there, or hold something else.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::SessionReport</name>
    <message numerus="yes">
        <source>%n more picture(s)</source>
        <translation>
            <numerusform>%n more picture</numerusform>
            <numerusform>%n more pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArchitectureText</name>
    <message numerus="yes">
        <source>Prompt-CAM of %n class(es)</source>
        <translation>
            <numerusform>Prompt-CAM of %n class</numerusform>
            <numerusform>Prompt-CAM of %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Concept Transformer of %n class(es)</source>
        <translation>
            <numerusform>Concept Transformer of %n class</numerusform>
            <numerusform>Concept Transformer of %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ProtoPFormer of %n class(es)</source>
        <translation>
            <numerusform>ProtoPFormer of %n class</numerusform>
            <numerusform>ProtoPFormer of %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>heads that are mixed, %n block(s) of the class token (CaiT)</source>
        <translation>
            <numerusform>heads that are mixed, %n block of the class token (CaiT)</numerusform>
            <numerusform>heads that are mixed, %n blocks of the class token (CaiT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n patch(es) kept</source>
        <translation>
            <numerusform>%n patch kept</numerusform>
            <numerusform>%n patches kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ProtoPNet of %n class(es)</source>
        <translation>
            <numerusform>ProtoPNet of %n class</numerusform>
            <numerusform>ProtoPNet of %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>ProtoTree of %n class(es)</source>
        <translation>
            <numerusform>ProtoTree of %n class</numerusform>
            <numerusform>ProtoTree of %n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>prompts of their own in %n block(s)</source>
        <translation>
            <numerusform>prompts of their own in %n block</numerusform>
            <numerusform>prompts of their own in %n blocks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>a head of %n class(es); maps are the same for all</source>
        <translation>
            <numerusform>a head of %n class; maps are the same for all</numerusform>
            <numerusform>a head of %n classes; maps are the same for all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>plain classifier of %n class(es)</source>
        <translation>
            <numerusform>plain classifier of %n class</numerusform>
            <numerusform>plain classifier of %n classes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::LostWorkDialog</name>
    <message numerus="yes">
        <source>%n record(s) of it are damaged.</source>
        <translation>
            <numerusform>One record of it is damaged.</numerusform>
            <numerusform>%n records of it are damaged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n edit(s) or mask(s) are missing because of that.</source>
        <translation>
            <numerusform>One edit or mask is missing because of that.</numerusform>
            <numerusform>%n edits or masks are missing because of that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete all %n of them for good?</source>
        <translation>
            <numerusform>Delete it for good?</numerusform>
            <numerusform>Delete all %n of them for good?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::SessionCommands</name>
    <message numerus="yes">
        <source>%n file(s) could not be read, %1 for one. The session has them as they were last known.</source>
        <translation>
            <numerusform>%1 could not be read. The session has it as it was last known.</numerusform>
            <numerusform>%n files could not be read, %1 for one. The session has them as they were last known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::StateStrip</name>
    <message numerus="yes">
        <source>%n edit(s)</source>
        <translation>
            <numerusform>%n edit</numerusform>
            <numerusform>%n edits</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 without %n cell(s)</source>
        <translation>
            <numerusform>%1 without %n cell</numerusform>
            <numerusform>%1 without %n cells</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ClassesPanel</name>
    <message numerus="yes">
        <source>The probabilities share out 100 % among %n class(es): the model knows no “none of these”.</source>
        <translation>
            <numerusform>One class alone has all 100 %: the model knows no “none of these”.</numerusform>
            <numerusform>The probabilities share out 100 % among %n classes: the model knows no “none of these”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PictureGrid</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n picture(s) compared</source>
        <translation>
            <numerusform>%1, %n picture compared</numerusform>
            <numerusform>%1, %n pictures compared</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ReportPage</name>
    <message numerus="yes">
        <source>%n class(es)</source>
        <translation>
            <numerusform>%n class</numerusform>
            <numerusform>%n classes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The report holds %n view(s): the pictures that were edited or looked at, once for each limit.</source>
        <translation>
            <numerusform>The report holds %n view: the pictures that were edited or looked at, once for each limit.</numerusform>
            <numerusform>The report holds %n views: the pictures that were edited or looked at, once for each limit.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more would make it too long.</source>
        <translation>
            <numerusform>%n more would make it too long.</numerusform>
            <numerusform>%n more would make it too long.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ExperimentText</name>
    <message numerus="yes">
        <source>About %n minute(s) for %1.</source>
        <translation>
            <numerusform>About %n minute for %1.</numerusform>
            <numerusform>About %n minutes for %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n hour(s) for %1.</source>
        <translation>
            <numerusform>About %n hour for %1.</numerusform>
            <numerusform>About %n hours for %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::FewControls</name>
    <message numerus="yes">
        <source>%n control(s) cannot show less than p = %1, whatever the edit does; %2 or more can show 0.05.</source>
        <translation>
            <numerusform>%n control cannot show less than p = %1, whatever the edit does; %2 or more can show 0.05.</numerusform>
            <numerusform>%n controls cannot show less than p = %1, whatever the edit does; %2 or more can show 0.05.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ClassChooser</name>
    <message numerus="yes">
        <source>%n class(es) have “%1” in their names: type more of it, or choose one.</source>
        <translation>
            <numerusform>%n class has “%1” in its name: type more of it, or choose one.</numerusform>
            <numerusform>%n classes have “%1” in their names: type more of it, or choose one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::CropForm</name>
    <message numerus="yes">
        <source>%n box(es) proposed. Draw boxes shows them one by one.</source>
        <translation>
            <numerusform>%n box proposed. Draw boxes shows them one by one.</numerusform>
            <numerusform>%n boxes proposed. Draw boxes shows them one by one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::DatasetFiles</name>
    <message numerus="yes">
        <source>%n picture(s) have their box now.</source>
        <translation>
            <numerusform>%n picture has its box now.</numerusform>
            <numerusform>%n pictures have their box now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n box(es) are of no picture of the data set, or fit several.</source>
        <translation>
            <numerusform>%n box is of no picture of the data set, or fits several.</numerusform>
            <numerusform>%n boxes are of no picture of the data set, or fit several.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::DatasetPage</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ModelCard</name>
    <message numerus="yes">
        <source>On the validation pictures, from which it never learned, but by which the best of %n epoch(s) was chosen:</source>
        <translation>
            <numerusform>On the validation pictures, from which it never learned, but by which the best of %n epoch was chosen:</numerusform>
            <numerusform>On the validation pictures, from which it never learned, but by which the best of %n epochs was chosen:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ModelsComparison</name>
    <message numerus="yes">
        <source>%1 in %2, as %n model(s) see it</source>
        <translation>
            <numerusform>%1 in %2, as %n model sees it</numerusform>
            <numerusform>%1 in %2, as %n models see it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PictureSection</name>
    <message numerus="yes">
        <source>%1: %n picture(s)</source>
        <translation>
            <numerusform>%1: %n picture</numerusform>
            <numerusform>%1: %n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ProblemList</name>
    <message numerus="yes">
        <source>%n further problem(s) come up when these are solved.</source>
        <translation>
            <numerusform>%n further problem comes up when these are solved.</numerusform>
            <numerusform>%n further problems come up when these are solved.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::RunMeasurement</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>An estimate from a few steps: about %1 for %n epoch(s), %2 of memory, %3 on disk.</source>
        <translation>
            <numerusform>An estimate from a few steps: about %1 for %n epoch, %2 of memory, %3 on disk.</numerusform>
            <numerusform>An estimate from a few steps: about %1 for %n epochs, %2 of memory, %3 on disk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::RunPane</name>
    <message numerus="yes">
        <source>%n run(s) compared</source>
        <translation>
            <numerusform>%n run compared</numerusform>
            <numerusform>%n runs compared</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::TrainingPage</name>
    <message numerus="yes">
        <source>%n picture(s) are in no split: draw it anew on the page Data set.</source>
        <translation>
            <numerusform>%n picture is in no split: draw it anew on the page Data set.</numerusform>
            <numerusform>%n pictures are in no split: draw it anew on the page Data set.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n species have no picture to learn from, or none to judge by: draw the split anew, or leave them out.</source>
        <translation>
            <numerusform>%n species has no picture to learn from, or none to judge by: draw the split anew, or leave it out.</numerusform>
            <numerusform>%n species have no picture to learn from, or none to judge by: draw the split anew, or leave them out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::ConfusionPane</name>
    <message numerus="yes">
        <source>%1 and %2, taken for each other in %n picture(s)</source>
        <translation>
            <numerusform>%1 and %2, taken for each other in %n picture</numerusform>
            <numerusform>%1 and %2, taken for each other in %n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n picture(s) named as something else</source>
        <translation>
            <numerusform>%1: %n picture named as something else</numerusform>
            <numerusform>%1: %n pictures named as something else</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EvaluationText</name>
    <message numerus="yes">
        <source>%n picture(s) could not be read</source>
        <translation>
            <numerusform>%n picture could not be read</numerusform>
            <numerusform>%n pictures could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n class(es) without pictures</source>
        <translation>
            <numerusform>%n class without pictures</numerusform>
            <numerusform>%n classes without pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::SortingDialog</name>
    <message numerus="yes">
        <source>%n picture(s) would go into %1, a folder for each species. Nothing has been written yet, and nothing that is there is replaced.</source>
        <translation>
            <numerusform>%n picture would go into %1, a folder for each species. Nothing has been written yet, and nothing that is there is replaced.</numerusform>
            <numerusform>%n pictures would go into %1, a folder for each species. Nothing has been written yet, and nothing that is there is replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PredictionPage</name>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::PrototypeText</name>
    <message numerus="yes">
        <source>The %n prototype(s) of this class give %1 of its logit %2; those of other classes give the rest, %3.</source>
        <translation>
            <numerusform>The %n prototype of this class gives %1 of its logit %2; those of other classes give the rest, %3.</numerusform>
            <numerusform>The %n prototypes of this class give %1 of its logit %2; those of other classes give the rest, %3.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ocellus::TreeText</name>
    <message numerus="yes">
        <source>%n leaf(s)</source>
        <comment>folded away</comment>
        <translation>
            <numerusform>%n leaf</numerusform>
            <numerusform>%n leaves</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n leaf(s) folded away, %1.</source>
        <translation>
            <numerusform>%n leaf folded away, %1.</numerusform>
            <numerusform>%n leaves folded away, %1.</numerusform>
        </translation>
    </message>
</context>
</TS>
