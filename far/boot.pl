sub take{my$b='';while(length$b<$_[0]){sysread(STDIN,$b,$_[0]-length$b,length$b)or exit 1}return$b}eval take(unpack'N',take(4));die$@if$@
